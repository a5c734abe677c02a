/** What is done to a picture, in words. */
import type { TranslationBundle } from '@jupyterlab/translation';
import { cellsOfMask } from '../../explain/pixels';
import type { Fill, Perturbation } from '../../perturb/perturbation';
import { changeOf } from '../../session/experiment/score-curve';
import { formatNumber, percentText } from '../../viewer/values/numbers';
import { slidersOf } from './sliders';

export const fillName = (fill: Fill, trans: TranslationBundle): string =>
  ({
    black: trans.__('black'),
    grey: trans.__('grey'),
    mean: trans.__('the mean'),
    blur: trans.__('a blur'),
    noise: trans.__('noise'),
    surroundings: trans.__('the surroundings')
  })[fill];

/** What was done to a picture, part by part. */
export function changesIn(perturbation: Perturbation, trans: TranslationBundle): string[] {
  const { cover, fill = 'black', soft = 0 } = perturbation;
  const cells = cover && cellsOfMask(cover);
  const share = cells ? cells.reduce((sum, cell) => sum + cell, 0) / cells.length : 0;
  const sliders = slidersOf({ width: 2, height: 2 }, trans).flatMap(({ name, label }) => {
    const value = changeOf(perturbation, name);
    return value === (name === 'contrast' ? 1 : 0) ? [] : [`${label.toLowerCase()} ${formatNumber(value)}`];
  });
  return [
    ...(cells ? [trans.__('%1 covered with %2', percentText(share), fillName(fill, trans))] : []),
    ...(cells && soft > 0 ? [trans._n('soft edge of %1 pixel', 'soft edge of %1 pixels', soft, soft)] : []),
    ...sliders
  ];
}
