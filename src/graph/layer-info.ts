/** Descriptions of a model and its layers, for the page. */
import type { Message } from '../messages/message';
import type { Fingerprint } from '../mime/payload';
import type { Family } from './classes/layer-class';
import type { InputScalings } from './input-scaling';
import type { PlaceReaders } from './place-readers';
import type { TokenGrid } from './token-grid';

export interface LayerInfo {
  id: string;
  /** Keras class name. */
  op: string;
  /** The kind of its class. */
  family: Family;
  /** Ids of the layers that it reads. */
  inputs: string[];
  /** Names of the model's inputs that lead to it. */
  sees: string[];
  /** Without the batch axis; null where only known at run time. */
  outputShape: (number | null)[];
  parameters: number;
  /** Of those, the ones that training does not change. */
  nonTrainable: number;
  /** True if it is another call of a layer that stands before: its weights are counted there. */
  sharesWeights: boolean;
  /** The grid of its tokens, if its values are tokens of an image (graph/token-grid). */
  tokens: TokenGrid | null;
  /**
   * Has an output of shape (h, w, c), or tokens of an image, or a volume
   * (slices, h, w, c), or a signal (w, c), that a heatmap can show.
   */
  spatial: boolean;
  /**
   * Is a layer that Grad-CAM is usually asked at: convolution-like (Conv,
   * Add, Concatenate, Activation …) and on the way to the output.
   */
  explainable: boolean;
  /** Methods of a layer can be asked at it: its cells have a place, and lead to the output. Absent in what was stored before it was told. */
  hasMap?: boolean;
  /** The rows of the input that a cell sees; null if that is all of them, or not known, or the input has none. */
  seesRows: number | null;
  /** By name of the output, the layer behind it that gives each of its places weights of their own, as Flatten before Dense. */
  placeReaders: PlaceReaders;
  /** The reason that it cannot run, or null. */
  unsupported: Message | null;
}

/** A model as its graph describes it. */
export interface ModelDescription {
  model: string;
  name: string;
  format: string;
  kerasVersion: string | null;
  inputs: { name: string; shape: (number | null)[] }[];
  outputs: { name: string; shape: (number | null)[] }[];
  /** Scaling that the model itself applies to the numbers that it is given, by name of the input. */
  scalings: InputScalings;
  layers: LayerInfo[];
  /** The layer to begin with: the last spatial one before the head, or null. */
  defaultLayer: string | null;
  parameters: number;
  bytes: number;
  notices: Message[];
  /** Classes, and names of Lambdas, of which what they do can be declared. */
  undeclared: string[];
}

export interface ModelSummary extends ModelDescription {
  /** Of the file as it was read. */
  fingerprint: Fingerprint;
}
