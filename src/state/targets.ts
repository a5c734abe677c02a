/** Reads targets other than a class's index. */
import type { ClassTarget, Target, UnitTarget } from './view-state';

/** True if a layer's units are explained rather than a class. */
export const isUnitTarget = (target: Target): target is UnitTarget =>
  typeof target === 'object' && target !== null && 'layer' in target;

/** A class target in full. */
export const classTarget = (target: number | null | ClassTarget): ClassTarget =>
  typeof target === 'object' && target !== null ? target : { class: target };

/** The shortest way to say a class target: its index alone, where nothing else is given. */
export function shortest({ class: index, minus, negative }: ClassTarget): Target {
  return minus === undefined && !negative
    ? index
    : { class: index, ...(minus === undefined ? {} : { minus }), ...(negative ? { negative } : {}) };
}
