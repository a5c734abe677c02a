/**
 * Requests and answers between the page and the worker. Everything here is
 * structured-cloneable; large buffers are transferred.
 */
import type { ConventionName, MethodName, ScoreKind, Target } from '../../explain/names';
import type { MethodSettings } from '../../explain/settings';
import type { ReceptiveField } from '../../graph/receptive-field';
import type { Message } from '../../messages/message';
import type { Fingerprint, Interpolation, Preprocess, StandIns } from '../../mime/payload';
import type { Perturbation } from '../../perturb/perturbation';
import type { AscentFindings, AscentParams } from './ascent';
import type { ChannelRanking, ChannelsOff, RankingFindings } from './channels';
import type { CellOf, CellSum } from './sums';
import type { TrustCheck, TrustFindings } from './trust';

export type BackendName = 'webgl' | 'wasm' | 'cpu';

export interface TensorData {
  shape: number[];
  data: Float32Array;
}

export interface OpenParams {
  /** Identity of the bytes: same key, same model, no second copy. */
  model: string;
  /** File name, for messages. */
  name: string;
  /** Stand-ins for layers that exist only as Python code. */
  layers?: StandIns;
}

/** One input of the model. */
export type EngineInput =
  | {
      kind: 'tensor';
      /** (n, h, w, c) or whatever the model takes. */
      tensor: TensorData;
      /** Done to it first; only to one picture, (1, h, w, c). */
      perturbation?: Perturbation;
    }
  | {
      kind: 'picture';
      /** PNG bytes; of an original those of its file, which may be JPEG too. */
      png: Uint8Array;
      /** The file's name and content as the cell saw it; absent for what the payload holds itself. */
      original?: { name: string } & Fingerprint;
      /** Of a volume: how many slices lie in the picture, one under the other. */
      slices?: number;
      preprocess: Preprocess;
      interpolation: Interpolation;
      /** Done to the picture before it is resized and preprocessed; not to volumes. */
      perturbation?: Perturbation;
    };

export interface RunParams {
  model: string;
  /** Identity of the input: same key, cached forward values may be used. */
  inputKey: string;
  /** True of an input that is one of many: what is kept of it makes room for the next such. */
  isPassing?: boolean;
  /** By name of the model's input; the key `''` means the only input. */
  inputs: Record<string, EngineInput>;
  /** Layers whose activations are wanted, raw, channels last, with batch axis. */
  activations: string[];
  /** Layers at which the gradient of the score is wanted. */
  gradients: string[];
  /** Layers at which the explanation map is wanted. */
  maps: string[];
  /** Layers whose feature maps are wanted for display: planes first, first sample. */
  planes: string[];
  /** Layers of which an overview is wanted. */
  overviews?: string[];
  method: MethodName;
  /** Class index, null for the highest-scoring class of each sample, or more than that. */
  target: Target;
  score: ScoreKind;
  /** Name of the output whose score is explained; absent or null: the first. */
  output?: string | null;
  /** The library whose Grad-CAM maps to reproduce; absent or null: the paper's. */
  convention?: ConventionName | null;
  /** Asks for the picture that a perturbation made. */
  given?: boolean;
  /** Of methods that take many passes; what is absent has its default. */
  settings?: MethodSettings;
  /** Whether the map of the first of `maps` is to be trusted. */
  trust?: TrustCheck;
  /** Channels that are switched off: everything asked for is of the model without them. */
  off?: readonly ChannelsOff[];
  /** The score with each channel of a layer off. */
  ranking?: ChannelRanking;
  /** Pictures that make the target large. */
  ascent?: AscentParams;
  /** A convolution whose kernels are wanted. */
  kernels?: string;
  /** A value to be taken apart. */
  sum?: CellOf;
}

/** A picture as it was given to the model, before resizing and preprocessing. */
export interface GivenPicture {
  height: number;
  width: number;
  rgba: Uint8ClampedArray<ArrayBuffer>;
}

/** Asks what a model says of several inputs. It waits behind all else; of several such requests, the newest goes first. */
export interface PredictParams {
  model: string;
  /** Each as {@link RunParams.inputs}. */
  samples: Record<string, EngineInput>[];
}

/** Predictions of a model for an input. */
export interface Prediction {
  /** By output name: the value of each class; of a picture of values, its mean. */
  scores?: Record<string, Float64Array>;
  /** The reason that there are none. */
  problem?: Message;
}

/** Feature maps ready to draw: (channels, h, w) with statistics per channel. */
export interface Planes {
  channels: number;
  /** Of a volume: the rows of all its slices, one slice under the other. */
  height: number;
  width: number;
  /** Of a volume: how many slices there are. */
  slices?: number;
  data: Float32Array;
  /** min, max, mean over finite values, interleaved by channel. */
  statistics: Float32Array;
  min: number;
  max: number;
}

/** Overview of a layer for lists of layers: first sample. */
export interface LayerOverview {
  /** Of a volume: the rows of all its slices, one slice under the other. */
  height: number;
  width: number;
  /** Of a volume: how many slices there are. */
  slices?: number;
  /** Mean over the channels, (h, w). */
  mean: Float32Array;
  /** Share of channels that are constant over the image, 0..1. */
  dead: number;
}

export interface Timings {
  /** Milliseconds by phase. */
  upload: number;
  forward: number;
  backward: number;
  explain: number;
}

/** The activation that ends an output: one that makes probabilities, or none of them. */
export type Ending = 'softmax' | 'sigmoid' | 'none';

export interface RunResult {
  /** By output name: the model's own outputs (n, …). */
  outputs: Record<string, TensorData>;
  /** The name of the output whose classes are explained; null where that cannot be computed. */
  output: string | null;
  /**
   * The activation that this output ends with, of those that make
   * probabilities; null where the output cannot be computed.
   */
  ending: Ending | null;
  /** True of a linear output that was trained to give numbers, as a regression does, by the file's own loss. */
  areNumbers?: boolean;
  /**
   * Per sample: the class explained and its score (of the kind asked for). For
   * a layer's units, the channel (-1: all) and their sum.
   */
  targets: { index: number; score: number }[];
  /**
   * Of an output of two classes, one sigmoid unit or two of a softmax, its values before that, of the first sample,
   * whatever is explained; absent of others, and of what was stored before they were told.
   */
  logits?: number[];
  activations: Record<string, TensorData>;
  gradients: Record<string, TensorData>;
  /**
   * Raw maps (n, h, w), or of volumes (n, slices, h, w), by the layers asked for: of the
   * layer's size, or of the input's, the same for each layer, where the method explains the input.
   */
  maps: Record<string, TensorData>;
  planes: Record<string, Planes>;
  /** Score-CAM, by layer: what each channel counts for, (n, channels). */
  channelWeights?: Record<string, TensorData>;
  /** Of the layers asked for that have image axes. */
  overviews?: Record<string, LayerOverview>;
  /** What a perturbation made of the picture, where that is asked for. */
  given?: GivenPicture;
  /** The input size as fed: (h, w). */
  inputSize: [number, number] | null;
  /** Of a model of volumes: the slices of its input. */
  inputSlices?: number;
  /** True of slices that the model reads as frames, one after the other. */
  areFrames?: boolean;
  /** Position and receptive field, on the input, of the cells of maps and planes; null where unknown. */
  fields: Record<string, ReceptiveField | null>;
  /** Place of the explained output's cells on the input; null where that is not known, or it has none. */
  outputField: ReceptiveField | null;
  /** Name of the input that methods of the input explain. */
  explainedInput: string;
  /** Integrated gradients, per sample: what the map adds up to, and what it should: score less the baseline's score. */
  completeness?: { attributed: number; difference: number }[];
  /** What the check that was asked for found. */
  trust?: TrustFindings;
  /** The effects of a layer's channels, where that is asked for. */
  ranking?: RankingFindings;
  ascent?: AscentFindings;
  /** Kernels of a convolution, (rows, columns, input channels, channels). */
  kernels?: TensorData;
  /** How the value that was asked for was computed. */
  sum?: CellSum;
  backend: BackendName;
  timings: Timings;
  notices: Message[];
  /** By layer, the samples whose map has no positive value, of maps that show none but such. */
  empty: Record<string, number[]>;
  /** By name of the input, the smallest and the largest value that it was given. */
  fed: Record<string, [number, number]>;
}

/** An answer under way: the first is whole but for its maps, which are not final; those after it tell what has changed. */
export type PartialRun = Pick<RunResult, 'maps'> & Partial<RunResult>;

export interface Progress {
  phase:
    | 'read'
    | 'parse'
    | 'upload'
    | 'forward'
    | 'backward'
    | 'explain'
    | 'check'
    | 'grow'
    | 'rank'
    | 'judge'
    | 'set'
    | 'models'
    | 'silent';
  /**
   * Done and total in the phase's unit (bytes for read and upload, nodes
   * for forward and backward, passes for explain and check, images for set, seconds without an answer for silent); total 0 if unknown.
   */
  done: number;
  total: number;
}

export interface BackendReport {
  backend: BackendName;
  /** The reason that another one than the preferred was taken; null if none was. */
  reason: Message | null;
}
