/** Checks how a payload says that its view begins. */
import { type Message, message } from '../messages/message';
import { MOST_LASSO_POINTS } from '../state/places';
import type { PixelMask } from '../state/view-state';
import { LINK_MODES, LINK_NAMES, RANGE_RULES } from '../state/vocabulary';
import { isObject } from './json';
import { PROPERTY_CHECKS, type PropertyCheck } from './property-checks';

/** The runs of a mask, of which a notebook holds so many at most. */
const MOST_RUNS = 100_000;

type Check = readonly [holds: (value: unknown) => boolean, what: Message];

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const isIndex = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 0;
const orNull =
  (holds: Check[0]): Check[0] =>
  value =>
    value === null || holds(value);
const only = (
  value: unknown,
  required: readonly string[],
  optional: readonly string[] = []
): value is Record<string, unknown> =>
  isObject(value) &&
  required.every(key => key in value) &&
  Object.keys(value).every(key => required.includes(key) || optional.includes(key));

const isPoint = (value: unknown): boolean => Array.isArray(value) && value.length === 2 && value.every(isNumber);
const isRegion = (value: unknown): boolean =>
  (only(value, ['kind', 'x0', 'y0', 'x1', 'y1']) &&
    value.kind === 'rectangle' &&
    [value.x0, value.y0, value.x1, value.y1].every(isNumber)) ||
  (only(value, ['kind', 'points']) &&
    value.kind === 'lasso' &&
    Array.isArray(value.points) &&
    value.points.length > 2 &&
    value.points.length <= MOST_LASSO_POINTS &&
    value.points.every(isPoint));
const isViewport = (value: unknown): boolean =>
  only(value, ['x', 'y', 'zoom']) && isNumber(value.x) && isNumber(value.y) && isNumber(value.zoom) && value.zoom > 0;
const isPlace = (value: unknown): boolean => only(value, ['x', 'y']) && isNumber(value.x) && isNumber(value.y);
const isRange = (value: unknown): boolean =>
  value === 'layer' || RANGE_RULES.includes(value as never) || isPoint(value);

function isTarget(value: unknown): boolean {
  const sign = (of: Record<string, unknown>): boolean => of.negative === undefined || typeof of.negative === 'boolean';
  if (only(value, ['layer'], ['channel', 'area', 'negative'])) {
    const { area } = value;
    const isArea = area === undefined || areIndices(area, 4);
    return (
      typeof value.layer === 'string' && value.layer !== '' && orNull(isIndex)(value.channel) && isArea && sign(value)
    );
  }
  if (only(value, ['cell', 'channel'], ['negative'])) {
    return areIndices(value.cell, 2) && isIndex(value.channel) && sign(value);
  }
  return only(value, [], ['class', 'minus', 'negative', 'pixels'])
    ? orNull(isIndex)(value.class) &&
        (value.minus === undefined || isIndex(value.minus)) &&
        (value.pixels === undefined || arePixels(value.pixels)) &&
        sign(value)
    : isIndex(value);
}

const areIndices = (value: unknown, count: number): boolean =>
  Array.isArray(value) && value.length === count && value.every(isIndex);

const arePixels = (value: unknown): boolean =>
  value === 'all' || value === 'predicted' || areIndices(value, 4) || isMask(value);

export const isMask = (value: unknown): value is PixelMask =>
  only(value, ['shape', 'runs']) &&
  areIndices(value.shape, 2) &&
  Array.isArray(value.runs) &&
  value.runs.length <= MOST_RUNS &&
  value.runs.every(isIndex);

const isReading = (value: unknown): boolean =>
  value === 'segmentation' ||
  value === 'features' ||
  (only(value, ['anchors', 'classes']) &&
    [value.anchors, value.classes].every(count => isIndex(count) && (count as number) > 0));

const areChannels = (value: unknown): boolean =>
  isObject(value) &&
  Object.entries(value).every(([layer, list]) => layer !== '' && Array.isArray(list) && list.every(isIndex));
const areLinks = (value: unknown): boolean =>
  only(value, [], LINK_NAMES) && Object.values(value).every(mode => LINK_MODES.includes(mode as never));

/** The check of a kind of values, and the message for one that fails. */
function checkOf({ kind, words = [], most = Infinity }: PropertyCheck): Check {
  switch (kind) {
    case 'words':
    case 'words?':
      return [
        value => words.includes(value as string) || (kind === 'words?' && value === null),
        message('is not one of %1', words.join(', '))
      ];
    case 'flag-or-auto':
      return [value => typeof value === 'boolean' || value === 'auto', message('is not true, false or "auto"')];
    case 'flag':
      return [value => typeof value === 'boolean', message('is not true or false')];
    case 'share':
      return [value => isNumber(value) && value >= 0 && value <= 1, message('is not a number between 0 and 1')];
    case 'count':
      return [
        value => isIndex(value) && (value as number) <= most,
        message('is not a whole number from 0 to %1', most)
      ];
    case 'index':
      return [isIndex, message('is not a whole number, 0 or more')];
    case 'index?':
      return [orNull(isIndex), message('is not a whole number, 0 or more')];
    case 'indices':
      return [value => Array.isArray(value) && value.every(isIndex), message('is not a list of channels')];
    case 'channels':
      return [areChannels, message('is not a list of channels for each layer')];
    case 'name?':
      return [orNull(value => typeof value === 'string' && value !== ''), message('is not a name')];
    case 'text?':
      return [orNull(value => typeof value === 'string'), message('is not a name')];
    case 'viewport':
      return [isViewport, message('is not x, y and a zoom')];
    case 'target?':
      return [orNull(isTarget), message('is not a class, units of a layer or a cell')];
    case 'reading?':
      return [orNull(isReading), message('is not “segmentation”, “features”, or the anchors and classes of a grid')];
    case 'range':
      return [isRange, message('is not a rule or two numbers')];
    case 'region?':
      return [orNull(isRegion), message('is not a rectangle, or a lasso of 3 to %1 points', MOST_LASSO_POINTS)];
    case 'place?':
      return [orNull(isPlace), message('is not x and y')];
    case 'links':
      return [areLinks, message('contains an unknown link')];
  }
}

/**
 * Finds the fault in the beginning of a view, in words after "GradLens cannot show this
 * output: "; null if nothing is. What is not known is of a later version, and passed over.
 */
export function viewProblem(view: unknown): Message | null {
  if (!isObject(view)) {
    return message('“view” is not an object');
  }
  for (const [key, check] of Object.entries(PROPERTY_CHECKS)) {
    if (view[key] !== undefined) {
      const [holds, what] = checkOf(check);
      if (!holds(view[key])) {
        return message('“view.%1” %2', key, what);
      }
    }
  }
  return null;
}
