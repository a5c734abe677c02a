import type { TranslationBundle } from '@jupyterlab/translation';
import { classTarget, isUnitTarget } from '../../state/targets';
import type { Target } from '../../state/view-state';

/** A target in words, as they follow "Grad-CAM of"; `index` is the class that was explained. */
export function targetLabel(
  target: Target,
  index: number,
  labels: readonly string[] | undefined,
  trans: TranslationBundle
): string {
  if (isUnitTarget(target)) {
    const { layer, channel, area, negative } = target;
    const what =
      channel === null ? trans.__('all channels of %1', layer) : trans.__('channel %1 of %2', channel, layer);
    const where = area ? trans.__('%1 in cells [%2]', what, area.join(', ')) : what;
    return negative ? trans.__('what lowers %1', where) : where;
  }
  const name = (i: number): string => labels?.[i] ?? trans.__('class %1', i);
  const { minus, negative } = classTarget(target);
  const what = minus === undefined ? name(index) : trans.__('%1 rather than %2', name(index), name(minus));
  return negative ? trans.__('what speaks against %1', what) : what;
}
