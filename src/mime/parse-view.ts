/** Checks how a payload says that its view begins. */
import { type Message, message } from '../messages/message';
import { CONVENTION_NAMES, METHOD_NAMES } from '../state/methods';
import type { ConventionName, ViewStateJSON } from '../state/view-state';

type Check = readonly [holds: (value: unknown) => boolean, what: Message];

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const isIndex = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 0;
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
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

const oneOf = (...words: string[]): Check => [
  value => words.includes(value as string),
  message('is none of %1', words.join(', '))
];
const flag: Check = [value => typeof value === 'boolean', message('is neither true nor false')];
const share: Check = [value => isNumber(value) && value >= 0 && value <= 1, message('is not a number between 0 and 1')];
const index: Check = [isIndex, message('is not a whole number, 0 or more')];
const name: Check = [orNull(value => typeof value === 'string' && value !== ''), message('is not a name')];

const isPoint = (value: unknown): boolean => Array.isArray(value) && value.length === 2 && value.every(isNumber);
const isRegion = (value: unknown): boolean =>
  (only(value, ['kind', 'x0', 'y0', 'x1', 'y1']) &&
    value.kind === 'rectangle' &&
    [value.x0, value.y0, value.x1, value.y1].every(isNumber)) ||
  (only(value, ['kind', 'points']) &&
    value.kind === 'lasso' &&
    Array.isArray(value.points) &&
    value.points.length > 2 &&
    value.points.every(isPoint));
const isViewport = (value: unknown): boolean =>
  only(value, ['x', 'y', 'zoom']) && isNumber(value.x) && isNumber(value.y) && isNumber(value.zoom) && value.zoom > 0;
const isPlace = (value: unknown): boolean => only(value, ['x', 'y']) && isNumber(value.x) && isNumber(value.y);
const RULES = ['min-max', 'percentile', 'symmetric', 'layer'];
const isRange = (value: unknown): boolean => RULES.includes(value as string) || isPoint(value);

function isTarget(value: unknown): boolean {
  const sign = (of: Record<string, unknown>): boolean => of.negative === undefined || typeof of.negative === 'boolean';
  if (only(value, ['layer', 'channel'], ['area', 'negative'])) {
    const { area } = value;
    const isArea = area === undefined || (Array.isArray(area) && area.length === 4 && area.every(isIndex));
    return (
      typeof value.layer === 'string' && value.layer !== '' && orNull(isIndex)(value.channel) && isArea && sign(value)
    );
  }
  return only(value, ['class'], ['minus', 'negative'])
    ? orNull(isIndex)(value.class) && (value.minus === undefined || isIndex(value.minus)) && sign(value)
    : isIndex(value);
}

const LINKS = ['viewport', 'cursor', 'layer', 'class', 'method', 'range', 'colors', 'overlay'];
const MODES = ['linked', 'relative', 'unlinked'];
const areLinks = (value: unknown): boolean =>
  only(value, [], LINKS) && Object.values(value).every(mode => MODES.includes(mode as string));

const CHECKS: Readonly<Record<Exclude<keyof ViewStateJSON, 'cursor'>, Check>> = {
  viewport: [isViewport, message('is not x, y and a zoom')],
  image: index,
  layer: name,
  method: oneOf(...METHOD_NAMES),
  target: [orNull(isTarget), message('is no class and no units of a layer')],
  score: oneOf('logit', 'probability'),
  output: [orNull(value => typeof value === 'string'), message('is not a name')],
  convention: [orNull(value => CONVENTION_NAMES.includes(value as ConventionName)), message('is not known')],
  channel: [orNull(isIndex), message('is not a whole number, 0 or more')],
  colormap: oneOf('viridis', 'inferno', 'magma', 'cividis', 'turbo', 'jet', 'coolwarm', 'RdBu', 'gray'),
  reversed: flag,
  range: [isRange, message('is neither a rule nor two numbers')],
  scope: oneOf('map', 'layer', 'linked'),
  scale: oneOf('linear', 'log', 'symlog'),
  clip: flag,
  opacity: share,
  threshold: share,
  contours: [value => isIndex(value) && (value as number) <= 20, message('is not a whole number from 0 to 20')],
  overlay: oneOf('blend', 'side-by-side', 'divider'),
  divider: share,
  smooth: flag,
  receptiveField: flag,
  region: [orNull(isRegion), message('is neither a rectangle nor a lasso')],
  probe: [orNull(isPlace), message('is not x and y')],
  order: oneOf('index', 'mean', 'max', 'weight', 'similarity'),
  hideDead: flag,
  pinned: [value => Array.isArray(value) && value.every(isIndex), message('is not a list of channels')],
  linkScope: oneOf('model', 'page', 'none'),
  links: [areLinks, message('says of something unknown how it is linked')]
};

/**
 * What is wrong with the beginning of a view, after "GradLens cannot show this
 * output: "; null if nothing is. What is not known is of a later version, and passed over.
 */
export function viewProblem(view: unknown): Message | null {
  if (!isObject(view)) {
    return message('“view” is not an object');
  }
  for (const [key, [holds, what]] of Object.entries(CHECKS)) {
    if (key in view && !holds(view[key])) {
      return message('“view.%1” %2', key, what);
    }
  }
  return null;
}
