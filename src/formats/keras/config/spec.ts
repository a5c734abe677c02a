/**
 * A model's config in one form, whichever Keras wrote it: layers, and how
 * they are called.
 */
import type { Shape } from '../../../graph/model-graph';
import type { Message } from '../../../messages/message';
import type { StandIn } from '../../../mime/payload';
import type { Config } from './json';

/** An output of one call of a layer. */
export class TensorRef {
  constructor(
    readonly layer: string,
    /** Index of the layer's call, from 0. */
    readonly call: number,
    readonly output: number,
    /** Its shape, where the file says it. */
    readonly shape: Shape | null = null
  ) {}
}

/** A tensor, a value of JSON, or a list of arguments. */
export type Argument = unknown;

export interface Call {
  args: Argument[];
  kwargs: Readonly<Record<string, Argument>>;
}

export interface LayerSpec {
  name: string;
  className: string;
  /** The reason that its class is not Keras' own, or null. */
  custom: Message | null;
  /** Its registered name, `Package>Class`, where the file has one. */
  registered: string | null;
  /**
   * The class or layer by whose name the user has declared it, what it is taken as, and its own
   * arguments that this does not have; absent where its class is known.
   */
  declared?: { name: string; as: StandIn; left?: string[] };
  config: Config;
  /** Operators (`x + 1`) are no layers: they have no weights and are not counted among layers. */
  isOperator: boolean;
  /** Layers of a nested model; of a wrapper, the one that it wraps. */
  model: ModelSpec | null;
  /** Its name in the container of what it is in, where that is not the container's list of layers. */
  attribute?: string;
  calls: Call[];
  /** Its name in a `.keras` file's container: snake-case class with a count, `conv2d_1`. */
  storage: string;
  /** Shape of its output by the build config, when known. */
  buildInputShape: unknown;
}

export interface ModelSpec {
  name: string;
  kind: 'Functional' | 'Sequential';
  /** True if it was made with an input of a given shape, rather than by its first call. */
  hasInputs: boolean;
  layers: LayerSpec[];
  inputs: TensorRef[];
  outputs: TensorRef[];
  /** Names of the outputs where the model's outputs are a dictionary. */
  outputNames: string[] | null;
}

/** All tensors in an argument, in the order in which Keras flattens structures (dictionaries by key). */
export function tensorsIn(argument: Argument): TensorRef[] {
  if (argument instanceof TensorRef) {
    return [argument];
  }
  if (Array.isArray(argument)) {
    return argument.flatMap(tensorsIn);
  }
  if (typeof argument === 'object' && argument !== null) {
    return Object.entries(argument)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([, value]) => tensorsIn(value));
  }
  return [];
}

/** Keras 3 writes `args`; Keras 2 counts a nested model's own graph as its first call. */
export function countsAsKeras2(spec: ModelSpec): boolean {
  return !spec.layers.some(layer =>
    layer.calls.some(call => call.args.some(arg => tensorsIn(arg).some(ref => ref.shape !== null)))
  );
}
