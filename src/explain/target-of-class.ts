import type { Target } from './names';

/**
 * A target with a class in place of "the highest", so that what was explained is asked for again of
 * another input or other weights, whichever class is the highest there.
 */
export function targetOfClass(target: Target, index: number | null): Target {
  if (target === null) {
    return index;
  }
  return typeof target === 'object' && 'class' in target && target.class === null
    ? { ...target, class: index }
    : target;
}
