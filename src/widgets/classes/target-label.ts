import type { TranslationBundle } from '@jupyterlab/translation';
import type { OutputKind } from '../../classes/classes';
import { classTarget, isUnitTarget } from '../../state/targets';
import type { ClassTarget, Target, UnitTarget } from '../../state/view-state';

/** Names the target in words that follow "Grad-CAM of"; `name` gives a class its name. */
export function targetLabel(
  target: Target,
  index: number,
  kind: OutputKind,
  name: (index: number) => string,
  trans: TranslationBundle
): string {
  if (isUnitTarget(target)) {
    return unitsLabel(target, trans);
  }
  const { minus, negative } = classTarget(target);
  if (kind === 'value') {
    return valueLabel({ negative }, name(index), trans);
  }
  const what = minus === undefined ? name(index) : trans.__('%1 rather than %2', name(index), name(minus));
  return negative ? trans.__('what speaks against %1', what) : what;
}

/** A layer's units, in words. */
export function unitsLabel({ layer, channel, area, negative }: UnitTarget, trans: TranslationBundle): string {
  const what = channel === null ? trans.__('all channels of %1', layer) : trans.__('channel %1 of %2', channel, layer);
  const where = area ? trans.__('%1 in cells [%2]', what, area.join(', ')) : what;
  return negative ? trans.__('what lowers %1', where) : where;
}

/** Either way of explaining an output that is one number. */
export function valueLabel(
  { negative }: Pick<ClassTarget, 'negative'>,
  name: string,
  trans: TranslationBundle
): string {
  return negative ? trans.__('what lowers %1', name) : trans.__('what raises %1', name);
}
