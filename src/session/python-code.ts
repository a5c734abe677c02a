import type { ModelPayload, Preprocess } from '../mime/payload';
import { DEFAULT_STATE, equal } from './defaults';
import type { ViewState } from './state';

/** What of a state is an argument of `gradlens.show`, by its Python name. */
const ARGUMENTS: readonly [keyof ViewState, string][] = [
  ['layer', 'layer'],
  ['method', 'method'],
  ['target', 'target'],
  ['score', 'score'],
  ['convention', 'convention'],
  ['colormap', 'colormap'],
  ['opacity', 'opacity']
];

/**
 * The cell that shows a view again, as it is now.
 *
 * Pictures that came from no file (pasted, webcam) go by their names; a comment
 * says to save them.
 */
export function pythonCode(payload: ModelPayload, state: ViewState): string {
  const images = payload.images.map(image => python(image.name));
  const lines = [
    python(payload.model.path),
    images.length === 1 ? images[0] : `[${images.join(', ')}]`,
    ...ARGUMENTS.filter(([name]) => !equal(state[name], DEFAULT_STATE[name]) && applies(name, state)).map(
      ([name, argument]) => `${argument}=${python(state[name])}`
    ),
    ...(payload.preprocess === null ? [] : [`preprocess=${preprocessing(payload.preprocess)}`]),
    ...(payload.interpolation === 'bilinear' ? [] : [`interpolation=${python(payload.interpolation)}`]),
    ...(payload.labels ? [`labels=${python(payload.labels)}`] : [])
  ];
  const isUnsaved = payload.images.some(image => !/\.\w+$/.test(image.name));
  return [
    'import gradlens',
    '',
    ...(isUnsaved ? ['# Images without a file ending came from the clipboard or a camera: save them first.'] : []),
    'gradlens.show(',
    ...lines.map(line => `    ${line},`),
    ')',
    ''
  ].join('\n');
}

/** A convention is about Grad-CAM alone. */
const applies = (name: keyof ViewState, state: ViewState): boolean => name !== 'convention' || state.method === 'grad-cam';

function preprocessing(preprocess: Exclude<Preprocess, null>): string {
  return typeof preprocess === 'string'
    ? python(preprocess)
    : `{"mean": ${python(preprocess.mean)}, "std": ${python(preprocess.std)}}`;
}

/** What JSON can hold, as Python writes it: with `None`, `True` and `False`. */
function python(value: unknown): string {
  if (typeof value === 'boolean') {
    return value ? 'True' : 'False';
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return `{${Object.entries(value)
      .map(([key, entry]) => `${python(key)}: ${python(entry)}`)
      .join(', ')}}`;
  }
  return Array.isArray(value)
    ? `[${value.map(python).join(', ')}]`
    : value === null
      ? 'None'
      : JSON.stringify(value);
}
