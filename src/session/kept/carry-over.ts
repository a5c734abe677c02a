/** Carries the state of an output over to the next run of its cell. */
import type { Kept } from '../../mime/kept';
import type { ModelPayload, Payload } from '../../mime/payload';
import { equal } from '../../state/defaults';
import type { ViewState, ViewStateJSON } from '../../state/view-state';

/** Properties that mean something only for one model, or one array. */
const OF_MODEL: readonly (keyof ViewState)[] = [
  'layer',
  'target',
  'output',
  'outputAs',
  'channel',
  'pinned',
  'channelsOff'
];

/** Properties that mean something only for the same images. */
const OF_IMAGES: readonly (keyof ViewState)[] = ['image', 'slice', 'region', 'probe', 'viewport'];

/**
 * Of what was set by hand, what holds for the new output: all that the cell does not now
 * say otherwise than before, as far as model and images are the same.
 */
export function carriedOver(
  before: Payload,
  { view, layers, preprocess, labels, ignored, experiments, findings, story, keep }: Kept,
  now: Payload
): Kept {
  if (before.kind === 'model' && now.kind === 'model') {
    const foreign = [
      ...(isSameModel(before, now) ? [] : OF_MODEL),
      ...(namesOf(before) === namesOf(now) ? [] : OF_IMAGES)
    ];
    const isDeclared = layers !== undefined && isSameModel(before, now) && equal(before.layers, now.layers);
    const isPrepared = isSameModel(before, now) && equal(before.preprocess, now.preprocess);
    const isCalled = isSameModel(before, now) && equal(before.labels, now.labels);
    return {
      ...carriedView(before, view, now, foreign),
      ...(isDeclared ? { layers } : {}),
      ...(isPrepared && preprocess !== undefined ? { preprocess } : {}),
      ...(isCalled && labels !== undefined ? { labels } : {}),
      ...(isPrepared && ignored !== undefined ? { ignored } : {}),
      ...(isPrepared && experiments !== undefined && namesOf(before) === namesOf(now) ? { experiments } : {}),
      // They say which model and pictures they are of.
      ...(isPrepared && findings !== undefined && namesOf(before) === namesOf(now) ? { findings } : {}),
      ...(story !== undefined && equal(before.story, now.story) ? { story } : {}),
      ...(keep ? { keep } : {})
    };
  }
  if (before.kind === 'heatmap' && now.kind === 'heatmap') {
    return {
      ...carriedView(before, view, now, before.tensor.shape[0] === now.tensor.shape[0] ? [] : OF_MODEL),
      // A cell gives a heatmap no story: it is the one recorded here.
      ...(story !== undefined ? { story } : {})
    };
  }
  return {};
}

function carriedView(
  before: Payload,
  view: ViewStateJSON | undefined,
  now: Payload,
  foreign: readonly (keyof ViewState)[]
): Kept {
  const isSaidAnew = (name: keyof ViewStateJSON): boolean => !equal(before.view?.[name], now.view?.[name]);
  const carried = Object.entries(view ?? {}).filter(([key]) => {
    const name = key as keyof ViewStateJSON;
    return !foreign.includes(name) && !isSaidAnew(name);
  });
  return carried.length === 0 ? {} : { view: Object.fromEntries(carried) };
}

/** A live model that was trained on lies in another file, named by what it holds. */
const isSameModel = ({ model: a }: ModelPayload, { model: b }: ModelPayload): boolean =>
  a.path === b.path || (inCache(a.path) && inCache(b.path) && a.name === b.name);

const inCache = (path: string): boolean => /(^|\/)gradlens-cache\//.test(path);

const namesOf = ({ images }: ModelPayload): string => JSON.stringify(images.map(({ name, path }) => [name, path]));
