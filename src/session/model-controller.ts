import type { IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';
import type { ServedFile } from '../delivery/served-file';
import type { EngineClient } from '../engine/page/client';
import { runParams } from '../engine/page/run-params';
import type { EngineInput, Planes, Progress, RunParams, RunResult, TensorData } from '../engine/protocol/protocol';
import { contributions, eigenContributions, weighedContributions } from '../explain/contributions';
import { isChannelSum, isGradientCam, isInputMethod } from '../explain/kinds';
import type { LayerInfo, ModelSummary } from '../graph/layer-info';
import { tokensAsImage } from '../graph/token-grid';
import { findLayer, firstUnits } from '../layers/find-layer';
import { english, type Message, message, MessageError, messageOf } from '../messages/message';
import { decodeBase64 } from '../mime/base64';
import type { ModelPayload, TensorJSON } from '../mime/payload';
import { decodeTensor } from '../mime/tensor-codec';
import type { ConventionName, MethodName, ScoreKind, Target } from '../state/view-state';
import { LinkGroup } from './link-group';
import type { ModelShelf } from './model-shelf';
import type { Busy } from './progress/progress-text';
import { TimeLeft } from './progress/time-left';
import type { ViewSession } from './view-session';

/** What an explanation in hand is about; the state may already ask for the next one. */
export interface Explained {
  image: number;
  layer: string;
  method: MethodName;
  score: ScoreKind;
  target: Target;
  convention: ConventionName | null;
  run: RunResult;
}

/** Everything a view shows besides its {@link ViewSession}; replaced as a whole, never changed. */
export interface ControllerSnapshot {
  model: ModelSummary | null;
  /** The last good explanation: kept while the next is computed, and when that fails. */
  explained: Explained | null;
  /** What is being done now, or null. */
  busy: Busy | null;
  /** One sentence on what went wrong last, or null. */
  problem: Message | null;
  /** Where it went wrong, for the log: the error's stack; null if there is none. */
  detail: string | null;
  /** The user pressed Cancel before there was anything to show. */
  cancelled: boolean;
  /** The file on the server is no longer the one that was read. */
  isOutdated: boolean;
}

export interface ControllerServices {
  engine(): Promise<EngineClient>;
  locate(path: string): Promise<ServedFile>;
  /** Counts who uses which model, so that one nobody uses may be freed. */
  shelf: ModelShelf;
}

/** Milliseconds between two looks at the server for a changed file. */
const CHECK_PAUSE = 3000;

/** State properties whose change asks for a new run. */
const INPUTS_OF_A_RUN = new Set(['image', 'layer', 'method', 'target', 'score', 'output', 'convention']);

/** Opens the model of a payload and keeps the explanation in step with the view's state. */
export class ModelController {
  constructor(
    private _payload: ModelPayload,
    readonly session: ViewSession,
    private services: ControllerServices
  ) {
    session.changed.connect(this._onState, this);
  }

  get payload(): ModelPayload {
    return this._payload;
  }

  get snapshot(): ControllerSnapshot {
    return this._snapshot;
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** The layer that the state asks for: by name, or the model's default, or one whose units can be seen. */
  get layer(): LayerInfo | null {
    const { model } = this._snapshot;
    const id = this.session.state.layer ?? model?.defaultLayer ?? null;
    return (model && (id === null ? firstUnits(model) : findLayer(model, id))) || null;
  }

  /** Opens the model if need be and explains; the promise settles when the view does. Never rejects. */
  async start(): Promise<void> {
    this._abort?.abort();
    const abort = (this._abort = new AbortController());
    this._set({ problem: null, detail: null, cancelled: false });
    try {
      const engine = await this.services.engine();
      const known = this._snapshot.model;
      // The worker may have been restarted since.
      const model = known && (await engine.has(known.model)) ? known : await this._open(engine, abort.signal);
      // Before the first run, which should be of what the linked views show.
      this._link ??= this._isDisposed ? null : LinkGroup.page.join(this.session, pathOf(model));
      this._methodFor(model);
      this._set({ model });
      if (this.payload.images.length === 0) {
        this._set({ busy: null });
        return;
      }
      const explained = await this._explain(engine, model, abort.signal);
      if (!abort.signal.aborted) {
        this._set({ explained, busy: null });
      }
    } catch (error) {
      if (abort.signal.aborted) {
        return;
      }
      this._set({ problem: sentenceOf(error), detail: (error instanceof Error && error.stack) || null, busy: null });
    }
  }

  /** Stops what is under way; what was on the screen stays. */
  cancel(): void {
    this._abort?.abort();
    this._abort = null;
    this._set({ busy: null, cancelled: true });
  }

  /** Gives the view other images, preprocessing or class names, and explains again. */
  async revise(
    patch: Partial<Pick<ModelPayload, 'images' | 'preprocess' | 'interpolation' | 'labels'>>
  ): Promise<void> {
    const { explained } = this._snapshot;
    const before = this._payload;
    this._payload = { ...before, ...patch };
    // What was computed of other inputs must not be taken for that of these.
    this._revision++;
    const isSame = explained === null || this._payload.images[explained.image] === before.images[explained.image];
    this._set(isSame ? {} : { explained: null });
    await this.start();
  }

  /** Forgets the model and reads the file again. */
  async reopen(): Promise<void> {
    this._set({ model: null, isOutdated: false });
    await this.start();
  }

  /**
   * What each channel adds to each cell of an explanation before its ReLU, as
   * planes (channels, height, width). Asks the engine once; rejects if it cannot.
   */
  contributions(explained: Explained): Promise<Float32Array> {
    let found = this._contributions.get(explained);
    if (!found) {
      found = this._takeApart(explained);
      this._contributions.set(explained, found);
    }
    return found;
  }

  /** The feature maps of a layer for every image of the payload, in order. */
  async planesOfImages(layer: string): Promise<Planes[]> {
    const { engine, model } = await this._opened();
    const all: Planes[] = [];
    for (const image of this.payload.images.keys()) {
      const run = await engine.run(await this._request(model, image, { planes: [layer] }));
      all.push(run.planes[layer]);
    }
    return all;
  }

  /**
   * A glance at other layers for what is explained now: their maps, where they
   * have one, and their values in short. Rejects when there is nothing yet, or when aborted.
   */
  async glance(explained: Explained, layers: readonly LayerInfo[], signal: AbortSignal): Promise<RunResult> {
    const { engine, model } = await this._opened();
    const { image, method, score, target, convention, run } = explained;
    const wanted = {
      // Other methods take seconds a layer, or know no layer.
      maps: isGradientCam(method) ? layers.filter(layer => layer.explainable).map(({ id }) => id) : [],
      digests: layers.map(({ id }) => id),
      method,
      score,
      convention,
      target: target ?? run.targets[0]?.index ?? null
    };
    return engine.run(await this._request(model, image, wanted), { signal });
  }

  /** Looks whether the file is still the one that was read: {@link ControllerSnapshot.isOutdated}. Never rejects. */
  async checkFile(): Promise<void> {
    const model = this._snapshot.model;
    if (!model || this._isDisposed || Date.now() - this._checked < CHECK_PAUSE) {
      return;
    }
    this._checked = Date.now();
    try {
      const { key } = await this.services.locate(this.payload.model.path);
      const isOutdated = key !== model.model;
      if (this._snapshot.model === model && isOutdated !== this._snapshot.isOutdated) {
        this._set({ isOutdated });
      }
    } catch {
      // A server that does not answer now is not a file that changed.
    }
  }

  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    this._abort?.abort();
    this._link?.dispose();
    this._hold(null);
    Signal.clearData(this);
  }

  /** The engine and the model in it. Rejects as long as there is none. */
  private async _opened(): Promise<{ engine: EngineClient; model: ModelSummary }> {
    const engine = await this.services.engine();
    const { model } = this._snapshot;
    if (!model) {
      throw new MessageError(message('The model is not open yet; wait for its first heatmap.'));
    }
    return { engine, model };
  }

  private async _open(engine: EngineClient, signal: AbortSignal): Promise<ModelSummary> {
    this._set({ busy: { phase: 'read', done: 0, total: 0, secondsLeft: null } });
    const left = new TimeLeft();
    const file = await this.services.locate(this.payload.model.path);
    signal.throwIfAborted();
    const model = await engine.open({ model: file.key, name: file.name }, file.stream(signal), {
      total: file.size ?? undefined,
      signal,
      sibling: path => file.sibling(path, signal),
      onProgress: busy => this._report(busy, signal, busy.phase === 'read' ? left.update(busy.done, busy.total) : null)
    });
    this._hold(model);
    return this._named(model);
  }

  /** Without a layer that has places, as in a net of dense layers, only the input can be explained. */
  private _methodFor(model: ModelSummary): void {
    const { layer, method } = this.session.state;
    if (model.defaultLayer === null && layer === null && firstUnits(model) && !isInputMethod(method)) {
      this.session.update({ method: 'saliency' });
    }
  }

  /** Takes the names that everybody has, where the model has as many classes. */
  private async _named(model: ModelSummary): Promise<ModelSummary> {
    if (!this.payload.labelSet) {
      return model;
    }
    const { IMAGENET_LABELS } = await import('../classes/imagenet-labels');
    const classes = model.outputs[0]?.shape.at(-1);
    if (classes === IMAGENET_LABELS.length) {
      this._payload = { ...this._payload, labels: [...IMAGENET_LABELS] };
      return model;
    }
    return {
      ...model,
      notices: [
        ...model.notices,
        classes === null || classes === undefined
          ? message('labels="imagenet" names 1,000 classes, but the model has another number: they are not named.')
          : message('labels="imagenet" names 1,000 classes, but the model has %1: they are not named.', classes)
      ]
    };
  }

  /** Says to the shelf which model this view uses. */
  private _hold(model: ModelSummary | null): void {
    const wanted = this._isDisposed ? null : model;
    if (wanted) {
      this.services.shelf.retain(wanted.model, wanted.bytes);
    }
    if (this._held !== null) {
      this.services.shelf.release(this._held);
    }
    this._held = wanted?.model ?? null;
  }

  private async _explain(engine: EngineClient, model: ModelSummary, signal: AbortSignal): Promise<Explained> {
    const { image, method, target, score, output } = this.session.state;
    // A convention is about Grad-CAM alone.
    const convention = method === 'grad-cam' ? this.session.state.convention : null;
    const layer = this.layer;
    if (!layer) {
      throw new MessageError(missingLayer(model, this.session.state.layer));
    }
    this._set({ busy: { phase: 'forward', done: 0, total: 0, secondsLeft: null } });
    const maps = layer.explainable || isInputMethod(method) ? [layer.id] : [];
    const wanted = { maps, planes: [layer.id], method, target, score, output, convention };
    const run = await engine.run(await this._request(model, image, wanted), {
      signal,
      onProgress: busy => this._report(busy, signal)
    });
    return { image, layer: layer.id, method, score, target, convention, run };
  }

  private async _takeApart({ image, layer, method, score, target, run }: Explained): Promise<Float32Array> {
    const engine = await this.services.engine();
    const { model } = this._snapshot;
    if (!model) {
      throw new MessageError(message('The model is not open any more; press Try again.'));
    }
    if (!isChannelSum(method)) {
      throw new MessageError(message('This method does not add channels up, so there are no parts of it to show.'));
    }
    const gradientsAt = isGradientCam(method) ? [layer] : [];
    const wanted = {
      activations: [layer],
      gradients: gradientsAt,
      target: typeof target === 'object' && target ? target : (run.targets[0]?.index ?? null),
      score,
      output: run.output
    };
    const { activations, gradients } = await engine.run(await this._request(model, image, wanted));
    const tokens = findLayer(model, layer)?.tokens ?? null;
    const imageOf = (tensor: TensorData): TensorData =>
      tokens ? tokensAsImage(tensor.data, tensor.shape, tokens) : tensor;
    const { shape, data } = imageOf(activations[layer]);
    const [height, width, channels] = shape.length === 3 ? [1, shape[1], shape[2]] : shape.slice(1);
    const size = { height, width, channels };
    const activation = data.subarray(0, height * width * channels);
    if (isGradientCam(method)) {
      return contributions(method, activation, imageOf(gradients[layer]).data.subarray(0, activation.length), size);
    }
    const weights = run.channelWeights?.[layer]?.data;
    return weights ? weighedContributions(activation, weights, size) : eigenContributions(activation, size);
  }

  private async _request(model: ModelSummary, image: number, wanted: Partial<RunParams>): Promise<RunParams> {
    const inputKey = `${this.payload.id}/${this._revision}/${image}`;
    return runParams({ model: model.model, inputKey, inputs: await this._inputs(image), ...wanted });
  }

  /** What each input of the model gets; `''` is the only one. */
  private async _inputs(index: number): Promise<Record<string, EngineInput>> {
    const { images, preprocess, interpolation } = this.payload;
    const image = images[index] ?? images[0];
    const given: [string, { tensor?: TensorJSON; picture?: string }][] = [
      [image.input ?? '', image],
      ...Object.entries(image.others ?? {})
    ];
    const prepare = async ({
      tensor,
      picture = ''
    }: {
      tensor?: TensorJSON;
      picture?: string;
    }): Promise<EngineInput> => {
      if (tensor) {
        const { shape, data } = await decodeTensor(tensor);
        return { kind: 'tensor', tensor: { shape: [1, ...shape], data } };
      }
      return { kind: 'picture', png: await decodeBase64(picture), preprocess, interpolation };
    };
    return Object.fromEntries(
      await Promise.all(given.map(async ([name, value]) => [name, await prepare(value)] as const))
    );
  }

  private _onState(_: ViewSession, names: readonly string[]): void {
    if (this._snapshot.model && names.some(name => INPUTS_OF_A_RUN.has(name))) {
      void this.start();
    }
  }

  private _report(progress: Progress, signal: AbortSignal, secondsLeft: number | null = null): void {
    if (!signal.aborted) {
      this._set({ busy: { ...progress, secondsLeft } });
    }
  }

  private _set(patch: Partial<ControllerSnapshot>): void {
    if (!this._isDisposed) {
      this._snapshot = { ...this._snapshot, ...patch };
      this._changed.emit();
    }
  }

  private _snapshot: ControllerSnapshot = {
    model: null,
    explained: null,
    busy: null,
    problem: null,
    detail: null,
    cancelled: false,
    isOutdated: false
  };
  private _changed = new Signal<this, void>(this);
  private _contributions = new WeakMap<Explained, Promise<Float32Array>>();
  private _abort: AbortController | null = null;
  private _link: IDisposable | null = null;
  private _isDisposed = false;
  private _revision = 0;
  private _checked = 0;
  /** Key of the model that the shelf keeps for this view. */
  private _held: string | null = null;
}

/** Where the model's file is, without its size and time: a model saved again is still linked with its older self. */
const pathOf = (model: ModelSummary): string => model.model.split('|')[0];

function missingLayer(model: ModelSummary, asked: string | null): Message {
  if (asked === null) {
    return message(
      '%1 has no layer with a spatial output, so there is no place for a heatmap; name a layer to see its values.',
      model.name
    );
  }
  return message(
    '%1 has no layer “%2”. Pick one in the Layer list; names are those of model.summary().',
    model.name,
    asked
  );
}

function sentenceOf(error: unknown): Message {
  const told = messageOf(error);
  return english(told) ? told : message('Something failed without saying why; the browser’s console may tell more.');
}
