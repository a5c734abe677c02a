/** Reads targets other than a class's index. */
import type { CellTarget, ClassTarget, Target, UnitTarget } from './view-state';

/** True if a layer's units are explained rather than a class. */
export const isUnitTarget = (target: Target): target is UnitTarget =>
  typeof target === 'object' && target !== null && 'layer' in target;

/** True if one number of a grid's cell is explained. */
export const isCellTarget = (target: Target): target is CellTarget =>
  typeof target === 'object' && target !== null && 'cell' in target;

/** True if a class is explained, and neither units nor a cell. */
export const isClassTarget = (target: Target): target is number | null | ClassTarget =>
  !isUnitTarget(target) && !isCellTarget(target);

/** A class target in full; of another target, that of nothing chosen. */
export function classTarget(target: Target): ClassTarget {
  return typeof target !== 'object' || target === null
    ? { class: target }
    : isClassTarget(target)
      ? target
      : { class: null };
}

/** The shortest way to say a class target: its index alone, where nothing else is given. */
export function shortest({ class: index, minus, negative, pixels }: ClassTarget): Target {
  return minus === undefined && !negative && pixels === undefined
    ? index
    : {
        class: index,
        ...(minus === undefined ? {} : { minus }),
        ...(negative ? { negative } : {}),
        ...(pixels === undefined ? {} : { pixels })
      };
}
