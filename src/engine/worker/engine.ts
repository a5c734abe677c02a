/**
 * The engine proper: models in, activations, gradients and maps out. Runs in
 * the worker and, for tests, in Node; knows nothing of messages.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { FetchSibling } from '../../formats/tfjs/weights-tfjs';
import type { ModelDescription, ModelSummary } from '../../graph/layer-info';
import type { ModelGraph } from '../../graph/model-graph';
import { message } from '../../messages/message';
import { asStored } from '../../mime/exif';
import type { StandIns } from '../../mime/payload';
import type { DecodePicture } from '../input/input';
import { ForwardCache } from '../model/forward-cache';
import { OpenModel } from '../model/open-model';
import { unpacked } from '../model/packed-model';
import { withChannelsOff } from '../model/switched-off';
import { EngineError } from '../protocol/errors';
import type { HealthFindings, HealthParams } from '../protocol/health';
import type { PackedModel, Probing } from '../protocol/helpers';
import type {
  BackendName,
  OpenParams,
  PartialRun,
  Prediction,
  PredictParams,
  Progress,
  RunParams,
  RunResult
} from '../protocol/protocol';
import { channelHealth } from '../run/channels/channel-health';
import type { CancelToken } from '../run/pacer';
import { predict } from '../run/predict';
import type { Crew } from '../run/probe/crew';
import { probe } from '../run/probe/probe-task';
import { runChecked } from '../run/trust/run-checked';
import { checkOriginal, FileReading } from './read/fingerprint';

export interface EngineServices {
  /** Loads what {@link readModel} needs, ahead of its first call. */
  prepareToRead?(): Promise<unknown>;
  readModel(bytes: Uint8Array, fileName: string, fetchSibling?: FetchSibling, standIns?: StandIns): Promise<ModelGraph>;
  summarize(graph: ModelGraph, params: OpenParams, bytes: number): ModelDescription;
  decode: DecodePicture;
}

export interface CallOptions {
  cancel?: CancelToken;
  onProgress?: (progress: Progress) => void;
}

export interface RunOptions extends CallOptions {
  onPartial?: (answer: PartialRun) => void;
  /** Gets other workers to help with the run of a model. */
  crew?: (model: OpenModel) => Crew;
}

export interface OpenOptions extends CallOptions {
  /** Gets a file beside the model's. */
  fetchSibling?: FetchSibling;
}

const NEVER: CancelToken = { aborted: false };

export class Engine {
  private models = new Map<string, OpenModel>();
  private cache: ForwardCache;
  private decode: DecodePicture;

  constructor(
    private services: EngineServices,
    cacheBudget?: number
  ) {
    this.cache = new ForwardCache(cacheBudget);
    this.decode = async (png, original) => {
      await checkOriginal(png, original);
      // Cameras write how they were held; a picture is computed as it is stored.
      return services.decode(original ? asStored(png).bytes : png);
    };
  }

  has(model: string): boolean {
    return this.models.has(model);
  }

  /** Reads a model; one that is open already is not read again. */
  async open(params: OpenParams, bytes: () => Uint8Array, options: OpenOptions = {}): Promise<ModelSummary> {
    const known = this.models.get(params.model);
    if (known) {
      return known.summary;
    }
    const values = bytes();
    options.onProgress?.({ phase: 'parse', done: 0, total: 1 });
    const reading = new FileReading(values);
    const { fetchSibling } = options;
    const fetchAndCount = async (path: string): Promise<Uint8Array> => {
      const file = await (fetchSibling as FetchSibling)(path);
      reading.add(path, file);
      return file;
    };
    const graph = await this.services.readModel(values, params.name, fetchSibling && fetchAndCount, params.layers);
    const about = this.services.summarize(graph, params, values.byteLength);
    const opened = new OpenModel(graph, { ...about, fingerprint: await reading.fingerprint() });
    this.models.set(params.model, opened);
    options.onProgress?.({ phase: 'parse', done: 1, total: 1 });
    return opened.summary;
  }

  async run(params: RunParams, options: RunOptions = {}): Promise<RunResult> {
    const { off = [] } = params;
    const whole = this.model(params.model);
    const model = withChannelsOff(whole, off);
    // What is kept of the whole model is not of this one, and stays while channels are tried.
    const asked =
      model === whole ? params : { ...params, inputKey: JSON.stringify([params.inputKey, off]), isPassing: true };
    return runChecked(model, asked, {
      cache: this.cache,
      decode: this.decode,
      backend: tf.getBackend() as BackendName,
      cancel: options.cancel ?? NEVER,
      onProgress: options.onProgress ?? (() => undefined),
      onPartial: options.onPartial,
      crew: options.crew?.(whole)
    });
  }

  /** Takes a model that another worker has read, in place of all others. */
  adopt(model: PackedModel): void {
    [...this.models.keys()].forEach(key => this.close(key));
    this.models.set(model.summary.model, new OpenModel(unpacked(model), model.summary));
  }

  /** A pass that another worker asks for. */
  async probe(probing: Probing, { cancel = NEVER }: CallOptions = {}): Promise<Float64Array | Float32Array> {
    const { model, off } = probing.task;
    return probe(withChannelsOff(this.model(model), off), probing, cancel);
  }

  /** Predictions for each of several inputs. */
  async predict(params: PredictParams, { cancel = NEVER }: CallOptions = {}): Promise<Prediction[]> {
    return predict(this.model(params.model), params, { decode: this.decode, cancel });
  }

  /** What the channels of layers do over several inputs. */
  async health(
    params: HealthParams,
    { cancel = NEVER, onProgress = () => undefined }: CallOptions = {}
  ): Promise<HealthFindings> {
    return channelHealth(this.model(params.model), params, { decode: this.decode, cancel, onProgress });
  }

  /** Sets the bytes of forward values that all models together may keep. */
  setCacheBudget(bytes: number): void {
    this.cache.setBudget(bytes);
  }

  close(model: string): void {
    this.cache.close(model);
    this.models.get(model)?.weights.dispose();
    this.models.get(model)?.graph.dispose?.();
    this.models.delete(model);
  }

  private model(key: string): OpenModel {
    const model = this.models.get(key);
    if (!model) {
      throw new EngineError(message('The model is no longer open. Run the cell again to read it.'));
    }
    return model;
  }

  /** Frees what lies on the current backend; with `lost`, forgets what lay on it. The models stay open. */
  leaveBackend(lost: boolean): void {
    this.cache.clear(lost);
    this.models.forEach(model => (lost ? model.weights.forget() : model.weights.dispose()));
  }
}
