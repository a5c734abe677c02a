/**
 * What a page and a kernel say to each other about views, over one comm for each page and kernel.
 * gradlens/_live/ is the other half. Numbers go as binary buffers, part by part.
 */
import type { Fingerprint } from '../../mime/payload';
import type { ViewState, ViewStateJSON } from '../../state/view-state';
import type { ToldNames } from './told-names';

/** As gradlens/_live/front_ends.py names it. */
export const TARGET = 'gradlens:view';

/** Bytes of one message at most: Jupyter's server takes no more than ten megabytes at once. */
export const PART = 4 * 1024 * 1024;

/** The state of a view as Python hears it: whole, with the layer that is explained by its name. */
export type ToldState = Omit<ViewState, 'cursor'>;

/** What may be asked for besides what a view shows. */
export type Extra = 'activations' | 'gradients';

/** One array of a result; its values follow on request, little-endian float32 in C order. */
export interface TensorHead {
  name: 'map' | 'planes' | 'scores' | Extra;
  shape: readonly number[];
}

/** A result without its arrays. */
export interface ResultHead {
  model: string | null;
  fingerprint: Fingerprint | null;
  image: number;
  imageName: string | null;
  layer: string | null;
  method: string | null;
  score: string | null;
  target: unknown;
  /** The class that is explained; null where units are, or nothing. */
  classIndex: number | null;
  className: string | null;
  /** The score that is explained, of the kind `score`. */
  value: number | null;
  output: string | null;
  convention: string | null;
  /** As fed: (height, width), of volumes (slices, height, width). */
  inputSize: readonly number[] | null;
  slices: number | null;
  /** The part of the image that the layer's cells cover: left, top, right, bottom, 0 to 1. */
  covered: readonly [number, number, number, number] | null;
  backend: string | null;
  notices: readonly string[];
  tensors: readonly TensorHead[];
}

export type FromKernel =
  /** Which of the page's views this kernel made. */
  | { type: 'known'; views: string[] }
  /** Properties set in Python; `revision` counts them, and comes back with the states that follow. */
  | { type: 'set'; view: string; state: ViewStateJSON; revision: number }
  /**
   * Asks for what the view shows, once it has settled; `wanted` null: for no numbers, `output`: for what an
   * output that shows the same would hold, `experiments`: for those that were kept.
   */
  | { type: 'ask'; ask: string; view: string; wanted: Extra[] | 'output' | 'experiments' | null }
  /** Asks whether somebody still works at it. */
  | { type: 'ping'; ask: string }
  | { type: 'next'; ask: string; tensor: number; offset: number }
  /** Nobody waits for it any more. */
  | { type: 'done'; ask: string };

export type FromPage =
  | { type: 'views'; views: string[] }
  /** `names`: what can be named in it, when that is first known and when it changes. */
  | { type: 'state'; view: string; state: ToldState; revision: number; names?: ToldNames }
  /** The user turned to this view, here rather than in another page. */
  | { type: 'used'; view: string }
  | { type: 'working'; ask: string }
  | { type: 'answer'; ask: string; result: ResultHead | null }
  /** `size`: bytes of the JSON, of an output that of payload, picture and metadata, which follow as tensor 0 does. */
  | { type: 'output'; ask: string; size: number }
  | { type: 'failed'; ask: string; reason: string }
  | { type: 'part'; ask: string; tensor: number; offset: number };
