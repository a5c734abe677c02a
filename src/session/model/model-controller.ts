import type { IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';
import type { EngineClient } from '../../engine/page/client';
import type { Planes, Progress, RunResult } from '../../engine/protocol/protocol';
import { isInputMethod } from '../../explain/kinds';
import type { LayerInfo, ModelSummary } from '../../graph/layer-info';
import { findLayer, firstUnits, layerOrDefault } from '../../layers/find-layer';
import { missingLayer } from '../../layers/missing-layer';
import { message, MessageError } from '../../messages/message';
import type { Kept } from '../../mime/kept';
import type { Fingerprint, ModelPayload, PayloadImage, Preprocess, StandIns } from '../../mime/payload';
import { equal } from '../../state/defaults';
import type { MethodName, ViewState } from '../../state/view-state';
import { DEFAULT_STATE, RUN_PROPERTIES } from '../../state/vocabulary';
import { TimeLeft } from '../progress/time-left';
import type { LinkGroup } from '../view/link-group';
import type { ViewSession } from '../view/view-session';
import { EngineRequests, type Predicted } from './engine-requests';
import type { ControllerSnapshot, Explained, FileState } from './explained';
import { ModelOpener, namedByLabelSet, type OpenerServices } from './model-opener';
import { Originals } from './originals';
import { noPlace, sentenceOf } from './sentences';
import { atSlice, wholeRun } from './slices';
import { takeApart } from './take-apart';
import { usualMethod } from './usual-method';

export interface ControllerServices extends OpenerServices {
  engine(): Promise<EngineClient>;
  /** The views that this one may be linked with. */
  links: LinkGroup;
  /** Another file than the cell saw that was taken before. */
  taken?: Fingerprint;
  /** The doubt about the preprocessing that was ignored before. */
  ignored?: string;
  /** Reads a picture's file, by its path from the notebook. */
  readFile(path: string): Promise<Uint8Array>;
  /** Keeps what the user decided; absent where nothing keeps it. */
  keep?(decided: Kept): void;
}

/** Opens the model of a payload and keeps the explanation in step with the view's state. */
export class ModelController {
  constructor(
    private _payload: ModelPayload,
    readonly session: ViewSession,
    private services: ControllerServices
  ) {
    this._opener = new ModelOpener(services);
    this.originals = new Originals(services.readFile);
    this._taken = services.taken ?? null;
    this._snapshot = { ...this._snapshot, ignored: services.ignored ?? null };
    session.changed.connect(this._onState, this);
  }

  readonly originals: Originals;

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

  /** True if what is shown is what the state asks for. */
  get isUpToDate(): boolean {
    const { explained, layer, busy, problem } = this._snapshot;
    const { image, method, score, target } = this.session.state;
    return (
      explained !== null &&
      busy === null &&
      problem === null &&
      equal(
        [explained.image, explained.layer, explained.method, explained.score, explained.target],
        [image, layer?.id, method, score, target]
      )
    );
  }

  /** Opens the model if need be and explains; the promise settles when the view does. Never rejects. */
  async start(): Promise<void> {
    this._abort?.abort();
    const abort = (this._abort = new AbortController());
    this._set({ soFar: null, problem: null, detail: null, cancelled: false });
    try {
      const engine = await this.services.engine();
      const known = this._snapshot.model;
      // The worker may have been restarted since.
      const model = known && (await engine.has(known.model)) ? known : await this._open(engine, abort.signal);
      this._nameMethod(model);
      // Before the first run, which should be of what the linked views show.
      this._link ??= this._isDisposed ? null : this.services.links.join(this.session, this._opener.place);
      const file = this._fileState(model.fingerprint);
      if (file === 'asked' || file === 'declined') {
        this._set({ model: null, explained: null, busy: null, file });
        return;
      }
      this._chooseMethod(model);
      this._set({ model, file });
      if (this.payload.images.length === 0) {
        this._set({ busy: null });
        return;
      }
      const explained = await this._explain(model, abort.signal);
      if (!abort.signal.aborted) {
        this._set({ explained: atSlice(explained, this.session.state.slice), soFar: null, busy: null });
      }
    } catch (error) {
      if (abort.signal.aborted) {
        return;
      }
      const detail = (error instanceof Error && error.stack) || null;
      this._set({ soFar: null, problem: sentenceOf(error), detail, busy: null });
    }
  }

  /** Stops what is under way; what was on the screen stays. */
  cancel(): void {
    this._abort?.abort();
    this._abort = null;
    this._set({ soFar: null, busy: null, cancelled: true });
  }

  /** Gives the view other images, preprocessing or class names, and explains again. */
  async revise(
    patch: Partial<Pick<ModelPayload, 'images' | 'preprocess' | 'interpolation' | 'labels'>>
  ): Promise<void> {
    const { explained } = this._snapshot;
    const before = this._payload;
    this._payload = { ...before, ...patch };
    this._revision++;
    const isSame = explained === null || this._payload.images[explained.image] === before.images[explained.image];
    this._set(isSame ? {} : { explained: null });
    await this.start();
  }

  /** Prepares pictures otherwise than the cell says, explains again, and keeps that. */
  async prepare(preprocess: Preprocess): Promise<void> {
    this.services.keep?.({ preprocess });
    await this.revise({ preprocess });
  }

  /** Says no more of a doubt about the preprocessing. */
  ignore(doubt: string): void {
    this.services.keep?.({ ignored: doubt });
    this._set({ ignored: doubt });
  }

  /** Declares what stands in for layers that exist only as Python code, and reads the file again. What is on the screen stays meanwhile. */
  async declare(layers: StandIns): Promise<void> {
    this._payload = { ...this._payload, layers };
    this.services.keep?.({ layers });
    await this.reopen();
  }

  /** The kernel tells late which file the cell saw. */
  expect(fingerprint: Fingerprint): void {
    const before = this._payload;
    this._payload = { ...before, model: { ...before.model, fingerprint } };
    const { model } = this._snapshot;
    if (model && this._fileState(model.fingerprint) === 'asked') {
      void this.start();
    }
  }

  /** Takes the file as it is now for the one that the cell saw. */
  async takeFile(): Promise<void> {
    this._takes = true;
    await this.start();
  }

  /** Stays with what was computed of the file that the cell saw. */
  declineFile(): void {
    this._set({ file: 'declined' });
  }

  /** Reads the file again, at the user's wish: whatever it is now is taken. */
  async readAgain(): Promise<void> {
    this._takes = true;
    await this.reopen();
  }

  /** Forgets the model and reads the file again. */
  async reopen(): Promise<void> {
    this._set({ model: null, isOutdated: false });
    await this.start();
  }

  /** The parts of an explanation, of all slices: see {@link takeApart}. Asks the engine once; rejects if it cannot. */
  contributions(explained: Explained): Promise<Float32Array> {
    const run = wholeRun(explained);
    let found = this._contributions.get(run);
    if (!found) {
      found = this.requests().then(({ model, requests }) => takeApart({ ...explained, run }, model, requests));
      this._contributions.set(run, found);
    }
    return found;
  }

  /** What the model says of some of the payload's images. */
  async predict(images: readonly PayloadImage[], signal: AbortSignal): Promise<Predicted> {
    return (await this.requests()).requests.predict(images, signal);
  }

  /** The feature maps of a layer for every image of the payload, in order. */
  async planesOfImages(layer: string): Promise<Planes[]> {
    return (await this.requests()).requests.planesOfImages(layer);
  }

  /**
   * An overview of other layers for what is explained now: their maps, where they
   * have one, and their values in short. Rejects when there is nothing yet, or when aborted.
   */
  async overview(explained: Explained, layers: readonly LayerInfo[], signal: AbortSignal): Promise<RunResult> {
    const { requests } = await this.requests();
    return requests.overview(explained, layers, signal);
  }

  /** Looks whether the file is still the one that was read: {@link ControllerSnapshot.isOutdated}. Never rejects. */
  async checkFile(): Promise<void> {
    const { model } = this._snapshot;
    if (!model || this._isDisposed) {
      return;
    }
    const isOutdated = await this._opener.isOutdated(this.payload.model.path);
    if (isOutdated !== null && this._snapshot.model === model && isOutdated !== this._snapshot.isOutdated) {
      this._set({ isOutdated });
    }
  }

  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    this._abort?.abort();
    this._link?.dispose();
    this._opener.dispose();
    Signal.clearData(this);
  }

  /** Prepares requests about the model as it is now. Rejects while there is none. */
  async requests(): Promise<{ model: ModelSummary; requests: EngineRequests }> {
    const engine = await this.services.engine();
    const { model } = this._snapshot;
    if (!model) {
      throw new MessageError(message('The model is not open; wait for its first heatmap, or press Try again.'));
    }
    return { model, requests: new EngineRequests(engine, model, this.payload, this._revision, this.originals) };
  }

  /** Compares the file that was read with the one that the cell saw, or that was taken in its place. */
  private _fileState(found: Fingerprint): FileState {
    const { fingerprint } = this.payload.model;
    if (!fingerprint || isSameFile(found, fingerprint)) {
      this._takes = false;
      return 'same';
    }
    if (this._takes) {
      this._takes = false;
      this._taken = found;
      this.services.keep?.({ file: found });
    }
    if (this._taken && isSameFile(found, this._taken)) {
      return 'taken';
    }
    return this._snapshot.file === 'declined' ? 'declined' : 'asked';
  }

  private async _open(engine: EngineClient, signal: AbortSignal): Promise<ModelSummary> {
    this._set({ busy: { phase: 'read', done: 0, total: 0, secondsLeft: null } });
    const opened = await this._opener.open(
      this.payload.model.path,
      this.payload.layers ?? {},
      engine,
      signal,
      (progress, secondsLeft) => this.report(progress, signal, secondsLeft)
    );
    const { labels, model } = await namedByLabelSet(this.payload, opened);
    if (labels) {
      this._payload = { ...this._payload, labels };
    }
    return model;
  }

  /** The method with which a view of the model begins where none is named. */
  get usualMethod(): MethodName {
    const { model, layer } = this._snapshot;
    return model ? usualMethod(model, layer, this.session.state.output) : DEFAULT_STATE.method;
  }

  /** Where nobody named a method, the head does; before the linked views are asked, which may show another. */
  private _nameMethod(model: ModelSummary): void {
    const { layer, output, convention } = this.session.state;
    if (this._link === null && !this.session.isNamed('method') && convention === null) {
      this.session.adopt({ method: usualMethod(model, layerOrDefault(model, layer), output) });
    }
  }

  /** Without a layer that has places, as in a net of dense layers, only the input can be explained. */
  private _chooseMethod(model: ModelSummary): void {
    const { layer, method } = this.session.state;
    const isChosen = layer !== null && findLayer(model, layer) !== null;
    if (model.defaultLayer === null && !isChosen && firstUnits(model) && !isInputMethod(method)) {
      this.session.adopt({ method: 'saliency' });
    }
  }

  private async _explain(model: ModelSummary, signal: AbortSignal): Promise<Explained> {
    const { image, method, target, score, output } = this.session.state;
    // A convention is about Grad-CAM alone.
    const convention = method === 'grad-cam' ? this.session.state.convention : null;
    const { layer } = this._snapshot;
    if (!layer) {
      throw new MessageError(missingLayer(model, this.session.state.layer) ?? noPlace(model));
    }
    this._set({ busy: { phase: 'forward', done: 0, total: 0, secondsLeft: null } });
    const maps = layer.explainable || isInputMethod(method) ? [layer.id] : [];
    const wanted = { maps, planes: [layer.id], method, target, score, output, convention };
    const { requests } = await this.requests();
    const about = { image, inputKey: requests.inputKey(image), layer: layer.id, method, score, target, convention };
    const left = new TimeLeft();
    const run = await requests.run(image, wanted, {
      signal,
      // Of the many passes that some methods take; what comes before them is short.
      onProgress: busy =>
        this.report(busy, signal, busy.phase === 'explain' ? left.update(busy.done, busy.total) : null),
      onPartial: partial => {
        if (!signal.aborted) {
          this._set({ soFar: atSlice({ ...about, run: partial }, this.session.state.slice) });
        }
      }
    });
    return { ...about, run };
  }

  private _onState(_: ViewSession, names: readonly (keyof ViewState)[]): void {
    if (names.includes('layer')) {
      this._set({});
    }
    const { explained, soFar } = this._snapshot;
    if (names.includes('slice') && explained?.volume) {
      const { slice } = this.session.state;
      this._set({ explained: atSlice(explained, slice), soFar: soFar && atSlice(soFar, slice) });
    }
    if (this._snapshot.model && names.some(name => RUN_PROPERTIES.includes(name))) {
      void this.start();
    }
  }

  report(progress: Progress | null, signal: AbortSignal, secondsLeft: number | null = null): void {
    if (!signal.aborted) {
      this._set({ busy: progress && { ...progress, secondsLeft } });
    }
  }

  private _set(patch: Partial<Omit<ControllerSnapshot, 'layer'>>): void {
    if (!this._isDisposed) {
      const next = { ...this._snapshot, ...patch };
      this._snapshot = { ...next, layer: next.model && layerOrDefault(next.model, this.session.state.layer) };
      this._changed.emit();
    }
  }

  private _snapshot: ControllerSnapshot = {
    model: null,
    layer: null,
    explained: null,
    soFar: null,
    busy: null,
    problem: null,
    detail: null,
    cancelled: false,
    isOutdated: false,
    file: 'same',
    ignored: null
  };
  private _changed = new Signal<this, void>(this);
  private _contributions = new WeakMap<RunResult, Promise<Float32Array>>();
  private _opener: ModelOpener;
  private _abort: AbortController | null = null;
  private _link: IDisposable | null = null;
  private _isDisposed = false;
  /** The file that the user took for the one that the cell saw. */
  private _taken: Fingerprint | null;
  /** The user has asked for the file as it is. */
  private _takes = false;
  /** Counts changes of the payload's inputs. */
  private _revision = 0;
}

const isSameFile = (a: Fingerprint, b: Fingerprint): boolean => a.size === b.size && a.hash === b.hash;
