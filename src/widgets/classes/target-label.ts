import type { TranslationBundle } from '@jupyterlab/translation';
import { isRegression, type OutputKind } from '../../classes/classes';
import { anchorOf, BOX } from '../../classes/spatial-output';
import { quotedClass } from '../../messages/class-message';
import { classTarget, isCellTarget, isUnitTarget } from '../../state/targets';
import type { CellTarget, ClassTarget, OutputReading, PixelSet, Target, UnitTarget } from '../../state/view-state';

/**
 * Names the target in words that follow "Grad-CAM of"; `name` gives a class its name, `reading` what the output is.
 * Beside other words, or in a sentence, a name is quoted.
 */
export function targetLabel(
  target: Target,
  index: number,
  kind: OutputKind,
  name: (index: number) => string,
  trans: TranslationBundle,
  reading: OutputReading | null = null,
  isInSentence = false
): string {
  if (isUnitTarget(target)) {
    return unitsLabel(target, trans);
  }
  if (isCellTarget(target)) {
    return cellLabel(target, name, trans, reading);
  }
  const { minus, negative, pixels } = classTarget(target);
  if (isRegression(kind)) {
    return valueLabel({ negative }, name(index), index, trans);
  }
  const quoted = (one: number): string => quotedClass(name(one), one);
  const isAlone = minus === undefined && pixels === undefined && !negative && !isInSentence;
  const chosen = isAlone ? name(index) : quoted(index);
  const what = minus === undefined ? chosen : trans.__('%1 rather than %2', chosen, quoted(minus));
  const where = pixels === undefined ? what : pixelsLabel(what, pixels, trans);
  return negative ? trans.__('what speaks against %1', where) : where;
}

/** What is added up, and over which pixels. */
function pixelsLabel(what: string, pixels: PixelSet, trans: TranslationBundle): string {
  if (pixels === 'all') {
    return trans.__('%1 over all pixels', what);
  }
  if (pixels === 'predicted') {
    return trans.__('%1 where it is predicted', what);
  }
  return 'runs' in pixels
    ? trans.__('%1 over a mask', what)
    : trans.__('%1 over the pixels [%2]', what, pixels.join(', '));
}

/** One number of a cell; where the layout of the grid is known, what it stands for. */
function cellLabel(
  { cell, channel, negative }: CellTarget,
  name: (index: number) => string,
  trans: TranslationBundle,
  reading: OutputReading | null
): string {
  const at = cell.join(', ');
  if (typeof reading !== 'object' || reading === null) {
    const number = trans.__('number %1 of cell [%2]', channel, at);
    return negative ? trans.__('what lowers %1', number) : number;
  }
  const { anchor, class: index, offset } = anchorOf(reading, channel);
  const what =
    index !== null
      ? quotedClass(name(index), index)
      : offset === BOX - 1
        ? trans.__('confidence')
        : trans.__('box number %1', offset);
  const where = trans.__('%1 at cell [%2], anchor %3', what, at, anchor);
  return negative ? trans.__('what lowers %1', where) : where;
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
  index: number,
  trans: TranslationBundle
): string {
  const what = name === trans.__('the output') ? name : quotedClass(name, index);
  return negative ? trans.__('what lowers %1', what) : trans.__('what raises %1', what);
}
