/**
 * The state that a notebook keeps of a view, beside its cell's
 * arguments: in the output's metadata, under {@link METADATA}.
 */
import type { ViewStateJSON } from '../state/view-state';
import { areStandIns, isFingerprint, isPreprocess } from './parse';
import { viewProblem } from './parse-view';
import type { Fingerprint, Preprocess, StandIns } from './payload';

/** Key of our part of an output's metadata. */
export const METADATA = 'gradlens';

export interface Kept {
  /** Properties set by hand, here or in a linked view, even to the value that the cell gives. */
  view?: ViewStateJSON;
  /** Layers declared in the view, in place of the payload's. */
  layers?: StandIns;
  /** The preprocessing chosen in the view, in place of the payload's. */
  preprocess?: Preprocess;
  /** The class names chosen in the view, in place of the payload's. */
  labels?: readonly string[];
  /** The doubt about the preprocessing that the user does not share, by its name. */
  ignored?: string;
  /** The file that is shown in place of the one that the cell saw. */
  file?: Fingerprint;
  /** Says that the output's picture is that of a live view, and what it shows. */
  picture?: { title: string };
  /** What was found, as src/results packs it: whoever uses it checks it. */
  results?: unknown;
  /** Experiments on the pictures, as src/session/experiment packs them: whoever uses them checks them. */
  experiments?: unknown;
  /** What checks and sets found, as src/session/findings packs it: whoever uses it checks it. */
  findings?: unknown;
  /** A story told with the view, as src/session/story reads it: whoever uses it checks it. */
  story?: unknown;
  /** How much of what was found is kept, where that is not what the settings say. */
  keep?: KeepChoice;
}

/** Only the picture, or as much as an output may hold. */
export type KeepChoice = 'picture' | 'more';

/** Reads what is kept. Anybody may have written it: what is not understood counts as not kept. */
export function readKept(metadata: { readonly [key: string]: unknown } | undefined): Kept {
  const raw = metadata?.[METADATA];
  if (typeof raw !== 'object' || raw === null) {
    return {};
  }
  const { view, layers, preprocess, labels, ignored, file, picture, results, experiments, findings, story, keep } =
    raw as Record<string, unknown>;
  return {
    ...(view !== undefined && viewProblem(view) === null ? { view: view as ViewStateJSON } : {}),
    ...(areStandIns(layers) ? { layers } : {}),
    ...(isPreprocess(preprocess) ? { preprocess } : {}),
    ...(Array.isArray(labels) && labels.every(name => typeof name === 'string') ? { labels } : {}),
    ...(typeof ignored === 'string' ? { ignored } : {}),
    ...(isFingerprint(file) ? { file } : {}),
    ...titled(picture),
    ...(results !== undefined ? { results } : {}),
    ...(experiments !== undefined ? { experiments } : {}),
    ...(findings !== undefined ? { findings } : {}),
    ...(story !== undefined ? { story } : {}),
    ...(keep === 'picture' || keep === 'more' ? { keep } : {})
  };
}

/** Views before this version kept a key in place of a title. */
function titled(picture: unknown): Pick<Kept, 'picture'> {
  if (typeof picture === 'string') {
    return { picture: { title: '' } };
  }
  const { title } = (picture ?? {}) as { title?: unknown };
  return typeof title === 'string' ? { picture: { title } } : {};
}

/** The metadata with some of what is kept replaced, or let go of where it is undefined; what others wrote stays. */
export function withKept<T extends { readonly [key: string]: unknown }>(metadata: T, kept: Kept): T {
  const before = metadata[METADATA];
  const now = Object.entries({ ...(typeof before === 'object' ? before : {}), ...kept });
  return { ...metadata, [METADATA]: Object.fromEntries(now.filter(([, value]) => value !== undefined)) };
}
