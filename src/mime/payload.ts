/**
 * Payload v1: what `gradlens.show()` and `gradlens.heatmap()` write into a
 * notebook's output, under {@link MIME_TYPE}. The published JSON schema is
 * `gradlens/payload-v1.schema.json`; this file is its TypeScript face.
 */
import type { PixelMask, ViewStateJSON } from '../state/view-state';
import type { Interpolation, PreprocessName } from './vocabulary';

export type { Interpolation } from './vocabulary';

export const MIME_TYPE = 'application/vnd.gradlens.v1+json';

/** A dense tensor: base64 of little-endian values in C order. */
export interface TensorJSON {
  dtype: 'float32' | 'uint8';
  shape: number[];
  data: string;
}

/**
 * The preprocessing of a picture x (0..255) into the model's input: `tf` x / 127.5 - 1, `torch`
 * (x / 255 - ImageNet mean) / ImageNet std, `caffe` BGR minus the ImageNet means,
 * `scale` x / 255, an object (x / 255 - mean) / std; `null` feeds 0..255.
 */
export type Preprocess = PreprocessName | { mean: number[]; std: number[] } | null;

export interface PayloadImage {
  /** Shown beside the picture: a file name, or `image 1`. */
  name: string;
  /** The file that it came from, relative to the notebook's folder; absent for what came from none. */
  path?: string;
  /** The natural picture as base64 PNG (8-bit gray or RGB, opaque), original size; empty where only `original` has it. */
  picture: string;
  /** Of a volume or a video: how many slices lie in the picture, one under the other. */
  slices?: number;
  /** Says that `picture` is a small preview, and the picture itself the file at `path`. */
  original?: Original;
  /** Says that `picture` is smaller than the picture that was given: the size of that. */
  reduced?: Size;
  /** Says that some of its pixels were transparent: `picture` has their colours as they were stored. */
  transparent?: true;
  /** Index of the class that it is of, as `labels` has them; absent where that is not known. */
  truth?: number;
  /** The part of it in which shares of maps are measured, laid over all of it; absent where the payload's own says it. */
  mask?: PixelMask;
  /** The EXIF orientation of its file, 2 to 8, which is not applied; absent for what is stored upright. */
  orientation?: number;
  /**
   * Float tensor (h, w, c), of a volume (slices, h, w, c), given to the model bit
   * for bit; absent: the picture is resized and preprocessed in the browser.
   */
  tensor?: TensorJSON;
  /** Name of the model's input that this is for; absent: the only one. */
  input?: string;
  /** Values for the model's other inputs, by name. */
  others?: Record<string, OtherInput>;
}

/**
 * Values without batch axis, given to the model as they are, with what people see of them where they are
 * a picture's; or a picture that is prepared as any.
 */
export type OtherInput =
  | { tensor: TensorJSON; picture?: string; slices?: number }
  | { tensor?: undefined; picture: string; slices?: number; reduced?: Size };

/** The content of a model file, so that another one under its name is noticed. */
export interface Fingerprint {
  /** Bytes; of a TensorFlow.js model with its files of weights. */
  size: number;
  /** 64 hex digits: SHA-256 over the SHA-256 of each MiB (docs/payload.md). */
  hash: string;
}

/** Of a picture, in pixels. */
export interface Size {
  width: number;
  height: number;
}

/** The file of a picture: its size in pixels, and its content. */
export interface Original extends Fingerprint, Size {
  /** Where the file cannot be read, the preview is computed on; absent for one that is too small for that. */
  copy?: true;
}

/** A stand-in for a layer of the user's own: the identity, or a class of Keras with these arguments. */
export type StandIn = 'identity' | { readonly class: string; readonly [argument: string]: unknown };

/** By the layer's class or name. */
export type StandIns = Readonly<Record<string, StandIn>>;

export interface ModelFile {
  /** Relative to the notebook's folder, `/` as separator. */
  path: string;
  /** Shown in the view's header. */
  name: string;
  /** The epoch of the training after which it was stored, counted from 1. */
  epoch?: number;
  /** Of the file that the cell saw; absent where it could not be read in time. */
  fingerprint?: Fingerprint;
}

export interface ModelPayload {
  version: 1;
  kind: 'model';
  /** Identity of the view: state is kept under it. */
  id: string;
  model: ModelFile;
  /** Several models: the one that the view's state says is shown; `model` is the one that it begins with. */
  models?: ModelFile[];
  /** Empty where the cell gave none: the view asks for one. */
  images: PayloadImage[];
  preprocess: Preprocess;
  interpolation: Interpolation;
  /** Class names by class index. */
  labels?: string[];
  /** Says that `labels` are names of sub-folders, which the output need not have for classes. */
  labelsOf?: 'folders';
  /** The part of every picture in which shares of maps are measured. */
  mask?: PixelMask;
  /** A story to tell with the view, as src/session/story reads it: whoever uses it checks it. */
  story?: unknown;
  /** In place of `labels`: names that everybody has. */
  labelSet?: 'imagenet';
  /** Stand-ins for layers that exist only as Python code. */
  layers?: StandIns;
  view?: ViewStateJSON;
}

export interface HeatmapPayload {
  version: 1;
  kind: 'heatmap';
  id: string;
  name: string;
  /** float32, shape (channels, h, w): planes first, as the viewer draws them. */
  tensor: TensorJSON;
  view?: ViewStateJSON;
}

export type Payload = ModelPayload | HeatmapPayload;
