import type { ModelPayload, PayloadImage } from '../../mime/payload';
import type { Perturbation } from '../../perturb/perturbation';
import { equal, fromJSON } from '../../state/defaults';
import type { RegionOfInterest, ViewState, ViewStateJSON } from '../../state/view-state';
import { LINK_NAMES, PYTHON_ARGUMENTS } from '../../state/vocabulary';
import { linkMode, linksBeside } from './link-group';
import { python, pythonPreprocess } from './python-literal';

/**
 * The cell that shows a view again, as it is now.
 *
 * @param defaults - What a view shows where its cell says nothing: the user's settings.
 *
 * Images that came as values have no name in Python: a variable stands for them. Pictures
 * that a tab was given (pasted, webcam) go by their names; a comment says to save them.
 */
export function pythonCode(payload: ModelPayload, state: ViewState, defaults: ViewStateJSON = {}): string {
  const { models } = payload;
  // Of epochs a view begins with the last.
  const usual = { ...fromJSON(defaults), model: models?.every(({ epoch }) => epoch) ? models.length - 1 : 0 };
  const given = PYTHON_ARGUMENTS.filter(
    ([name]) => !equal(state[name], usual[name]) && applies(name, state) && (models || name !== 'model')
  );
  const links = differingLinks(
    state,
    given.map(([name]) => name)
  );
  const images = payload.images.map(({ path, name }) => python(path ?? name));
  const areValues = payload.images.some(cameAsValues);
  const truths = payload.images.map(({ truth = null }) => truth);
  const lines = [
    modelArgument(payload),
    ...(areValues ? [images.length > 1 ? 'images' : 'image'] : images.length > 1 ? [`[${images.join(', ')}]`] : images),
    ...(truths.some(truth => truth !== null)
      ? [`y=${truths.length === 1 ? python(truths[0]) : `[${truths.map(python).join(', ')}]`}`]
      : []),
    ...(payload.mask || payload.images.some(({ mask }) => mask) ? ['mask=mask'] : []),
    ...given.map(([name, argument]) => `${argument}=${python(argumentOf(name, state))}`),
    ...(Object.keys(links).length > 0 ? [`links=${python(links)}`] : []),
    ...(payload.preprocess === null ? [] : [`preprocess=${pythonPreprocess(payload.preprocess)}`]),
    ...(payload.interpolation === 'bilinear' ? [] : [`interpolation=${python(payload.interpolation)}`]),
    ...(Object.keys(payload.layers ?? {}).length > 0 ? [`layers=${python(payload.layers)}`] : []),
    ...((payload.labels ?? payload.labelSet) ? [`labels=${python(payload.labels ?? payload.labelSet)}`] : [])
  ];
  const isUnsaved = !areValues && payload.images.some(({ path, name }) => path === undefined && !/\.\w+$/.test(name));
  return [
    'import gradlens',
    '',
    ...(isUnsaved ? ['# Images without a file ending came from the clipboard or a camera: save them first.'] : []),
    'gradlens.show(',
    ...lines.map(
      (line, i) => `    ${line},${(areValues && i === 1) || line === 'mask=mask' ? '  # as in your cell' : ''}`
    ),
    ')',
    ''
  ].join('\n');
}

/** The cell that shows a view of an image with a perturbation, which `gradlens.perturb` makes in Python. */
export function perturbedCode(
  payload: ModelPayload,
  state: ViewState,
  perturbation: Perturbation,
  defaults: ViewStateJSON = {}
): string {
  const image = payload.images[state.image] ?? payload.images[0];
  const made = { ...image, path: 'image', name: 'image' };
  const code = pythonCode({ ...payload, images: [made] }, { ...state, image: 0 }, defaults);
  const variable = payload.images.length > 1 ? `images[${payload.images.indexOf(image)}]` : 'image';
  const from = cameAsValues(image) ? `${variable},  # as in your cell` : `${python(image.path ?? image.name)},`;
  const lines = [
    'image = gradlens.perturb(',
    `    ${from}`,
    ...Object.entries(perturbation)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `    ${name}=${python(value)},`),
    ')'
  ];
  return code
    .replace('\ngradlens.show(', `\n${lines.join('\n')}\ngradlens.show(`)
    .replace('\n    "image",', '\n    image,');
}

/** A path, or a list of them; of epochs the folder that they lie in. */
function modelArgument({ model, models }: ModelPayload): string {
  if (!models) {
    return python(model.path);
  }
  const folders = new Set(models.map(({ path, epoch }) => (epoch ? path.slice(0, path.lastIndexOf('/') + 1) : '')));
  const [folder] = folders;
  return folders.size === 1 && folder ? python(folder) : `[${models.map(({ path }) => python(path)).join(', ')}]`;
}

/** True of arrays, which Python numbers, and of what goes into several inputs: no path says it whole. */
export const cameAsValues = ({ path, name, others = {} }: PayloadImage): boolean =>
  (path === undefined && /^image \d+$/.test(name)) || Object.keys(others).length > 0;

/** Places as tuples and lists, not as objects. */
function argumentOf(name: keyof ViewState, state: ViewState): unknown {
  const { viewport, region, probe } = state;
  switch (name) {
    case 'viewport':
      return [viewport.x, viewport.y, viewport.zoom];
    case 'region':
      return region && edgesOf(region);
    case 'probe':
      return probe && [probe.x, probe.y];
    default:
      return state[name];
  }
}

const edgesOf = (region: RegionOfInterest): unknown =>
  region.kind === 'lasso' ? region.points : [region.x0, region.y0, region.x1, region.y1];

/** Links that differ from those of a cell with these arguments. */
function differingLinks(state: ViewState, given: readonly (keyof ViewState)[]): ViewState['links'] {
  const implied = linksBeside(Object.fromEntries(given.map(name => [name, state[name]])));
  const different = LINK_NAMES.filter(name => linkMode(state, name) !== linkMode({ links: implied }, name));
  return Object.fromEntries(different.map(name => [name, linkMode(state, name)]));
}

/** A convention is about Grad-CAM alone. */
const applies = (name: keyof ViewState, state: ViewState): boolean =>
  name !== 'convention' || state.method === 'grad-cam';
