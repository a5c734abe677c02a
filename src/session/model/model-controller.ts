import type { IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';
import type { EngineClient } from '../../engine/page/client';
import { abortByHand } from '../../engine/protocol/errors';
import type { Progress } from '../../engine/protocol/protocol';
import type { ModelSummary } from '../../graph/layer-info';
import { layerOrDefault } from '../../layers/find-layer';
import { fetched } from '../../messages/fetched';
import { isLasting, type Message, message, MessageError } from '../../messages/message';
import type { Fingerprint, ModelPayload, PayloadImage, Preprocess, StandIns } from '../../mime/payload';
import type { Result } from '../../results/result';
import type { MethodName, ViewState } from '../../state/view-state';
import { DEFAULT_STATE, RUN_PROPERTIES } from '../../state/vocabulary';
import { TimeLeft } from '../progress/time-left';
import { withChosen } from '../view/chosen-model';
import { subjectOf } from '../view/link-by-name';
import type { ViewSession } from '../view/view-session';
import { chooseMethod, nameMethod } from './begin-method';
import type { ControllerServices } from './controller-services';
import { EngineRequests, type Predicted } from './engine-requests';
import { begun, type ControllerSnapshot, type Explained, NOTHING_YET } from './explained';
import { ModelOpener, namedByLabelSet } from './opening/model-opener';
import { NO_PROBLEM, problemOf, sentenceOf } from './sentences';
import { atSlice, wholeRun } from './slices';
import { ComputedResults } from './sources/computed-results';
import { guesses } from './sources/guesses';
import { MapParts } from './sources/map-parts';
import { Originals } from './sources/originals';
import { explainedBy, isAnswered, questionOf, resultsModel } from './sources/questions';
import { SeenFile } from './sources/seen-file';
import { beginWithStored, notKept, partsNotKept, storedOf } from './sources/stored-of';
import { usualMethod } from './usual-method';

/** Opens the model of a payload and keeps the explanation in step with the view's state. */
export class ModelController {
  constructor(
    private _payload: ModelPayload,
    readonly session: ViewSession,
    readonly services: ControllerServices
  ) {
    this._payload = withChosen(_payload, session.state);
    this._opener = new ModelOpener(services);
    this.originals = new Originals(services.readFile);
    this._seen = new SeenFile(services.taken ?? null, file => services.keep?.({ file }));
    this._snapshot = { ...NOTHING_YET, ignored: services.ignored ?? null };
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
    return isAnswered(this._snapshot, this.session.state, this.payload);
  }

  /** Opens the model if need be and explains; the promise settles when the view does. Never rejects. */
  async start(): Promise<void> {
    this._abort?.abort();
    const abort = (this._abort = new AbortController());
    this._set({ ...begun(this._snapshot.model ? 'forward' : 'read'), soFar: null, cancelled: false, ...NO_PROBLEM });
    try {
      const engine = await this.services.engine();
      const { model: shown, stored } = this._snapshot;
      const known = stored ? null : shown;
      // The worker may have been restarted since.
      const model = known && (await engine.has(known.model)) ? known : await this._open(engine, abort.signal);
      // The payload may ask for another model by now.
      abort.signal.throwIfAborted();
      this._beginLinked(model, this._opener.place);
      const file = this._seen.state(model.fingerprint, this.payload.model.fingerprint, this._snapshot.file);
      if (file === 'asked' || file === 'declined') {
        this._set({ model: null, stored: null, explained: null, busy: null, file });
        await this._showStored(null);
        return;
      }
      chooseMethod(this.session, model);
      this._set({ ...this._withoutStored(), model, file });
      if (this.payload.images.length === 0) {
        this._set({ busy: null });
        return;
      }
      const explained = await this._explain(model, abort.signal);
      if (!abort.signal.aborted) {
        this._isOfOther = false;
        this._set({ explained: atSlice(explained, this.session.state.slice), soFar: null, busy: null });
      }
    } catch (error) {
      if (abort.signal.aborted) {
        return;
      }
      this._set({ ...this._withoutOther(), soFar: null, busy: null, ...problemOf(error) });
      await this._showStored(this._snapshot.problem);
    }
  }

  /** Why what the state would ask with these changes cannot be answered; null if it can. */
  refusal(changes: Partial<ViewState>): Message | null {
    const { stored } = this._snapshot;
    try {
      return stored && stored.refusal(questionOf({ ...this.session.state, ...changes }, stored.model, this.payload));
    } catch (error) {
      return sentenceOf(error);
    }
  }

  /** Stops what is under way, or says why nothing is started; what was on the screen stays. */
  cancel(why: Message | null = null): void {
    this._abort?.abort(abortByHand());
    this._set({ ...this._withoutOther(), soFar: null, busy: null, problem: why, cancelled: why === null });
    void this._showStored(why);
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
    if (before.models) {
      return; // it is of the model that the cell begins with
    }
    this._payload = { ...before, model: { ...before.model, fingerprint } };
    const { model } = this._snapshot;
    if (model && this._seen.state(model.fingerprint, fingerprint, this._snapshot.file) === 'asked') {
      void this.start();
    }
  }

  /** Takes the file as it is now for the one that the cell saw. */
  async takeFile(): Promise<void> {
    this._seen.takeNext();
    await this.start();
  }

  /** Stays with what was computed of the file that the cell saw. */
  declineFile(): void {
    this._set({ file: 'declined' });
  }

  /** Reads the file again, at the user's wish: whatever it is now is taken. */
  async readAgain(): Promise<void> {
    this._seen.takeNext();
    await this.reopen();
  }

  /** Forgets the model and reads the file again. */
  async reopen(): Promise<void> {
    this._set({ ...this._withoutStored(), model: null, isOutdated: false });
    await this.start();
  }

  /** The parts of an explanation, of all slices: as take-apart.ts finds them. Asks the engine once; rejects if it cannot. */
  contributions(explained: Explained): Promise<Float32Array> {
    return this._parts.of(explained, async () => {
      const { model, requests } = await this.requests();
      const { takeApart } = await fetched(import('./take-apart'));
      const run = wholeRun(explained);
      const parts = await takeApart({ ...explained, run }, model, requests);
      this._keep({ about: explained, run, parts }, model);
      return parts;
    });
  }

  async predict(images: readonly PayloadImage[], signal: AbortSignal): Promise<Predicted> {
    const { payload, snapshot } = this;
    return guesses({ payload, snapshot, requests: () => this.requests() }, this.services.results, images, signal);
  }

  /** Looks whether the file is still the one that was read: {@link ControllerSnapshot.isOutdated}. Never rejects. */
  async checkFile(): Promise<void> {
    const { model, problem, stored } = this._snapshot;
    if (!(model ?? problem) || stored || this._isDisposed) {
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

  /** Prepares requests about the model as it is now, or another that is open. Rejects while there is none. */
  async requests(other: ModelSummary | null = null): Promise<{ model: ModelSummary; requests: EngineRequests }> {
    const engine = await this.services.engine();
    const { model: shown, stored } = this._snapshot;
    const model = other ?? shown;
    if (stored) {
      throw new MessageError(notKept());
    }
    if (!model) {
      throw new MessageError(message('The model is not open; wait for its first heatmap, or press Try again.'));
    }
    return { model, requests: new EngineRequests(engine, model, this.payload, this._revision, this.originals) };
  }

  /** Before the first run, which should be of what the linked views show: those of the model at this place. */
  private _beginLinked(model: ModelSummary, place: string | null): void {
    if (this._link === null) {
      nameMethod(this.session, model);
    }
    if (!this._isDisposed && this._place !== place) {
      this._link?.dispose();
      const subject = subjectOf(model, place, () => this._payload);
      this._link = this.services.links.join(this.session, subject);
      this._place = place;
    }
  }

  /** A computed result, to be kept. */
  private _keep(result: Result, model: ModelSummary): void {
    this.services.results?.add(result, model, resultsModel(model, this.payload));
  }

  /** Answers from what the notebook kept, where nothing was computed, and says why there is no model. Never rejects. */
  private async _showStored(why: Message | null): Promise<void> {
    if (this._snapshot.explained && !this._snapshot.stored) {
      return;
    }
    this._why = why;
    this._abort?.abort();
    const { signal } = (this._abort = new AbortController());
    try {
      const stored = this._snapshot.stored ?? (await storedOf(this.services.results, this.payload, this._seen));
      if (!stored || signal.aborted) {
        return;
      }
      this._beginLinked(stored.model, this._place ?? stored.of.fingerprint.hash);
      chooseMethod(this.session, stored.model);
      const { labels } = await namedByLabelSet(this.payload, stored.model);
      this._payload = labels ? { ...this._payload, labels } : this._payload;
      if (!this._snapshot.stored) {
        beginWithStored(this.session, stored, this.payload);
      }
      this._set({ model: stored.model, stored });
      const { about, run, parts } = await stored.answer(questionOf(this.session.state, stored.model, this.payload));
      if (!signal.aborted) {
        const explained = explainedBy({ about, run }, about.input);
        this._parts.of(explained, async () => parts ?? Promise.reject(partsNotKept())).catch(() => undefined);
        this._set({ explained: atSlice(explained, this.session.state.slice), problem: why });
      }
    } catch (error) {
      if (!signal.aborted) {
        const isFirst = !this._snapshot.explained;
        const told = isFirst && why ? { problem: why } : { problem: sentenceOf(error), isLasting: isLasting(error) };
        this._set({ ...(isFirst && { model: null, stored: null }), ...told });
      }
    }
  }

  /** What was found of another model of the payload's is not taken for what this one gives. */
  private _withoutOther = (): Partial<ControllerSnapshot> => (this._isOfOther ? { explained: null } : {});

  /** What was stored is not taken for what is computed. */
  private _withoutStored = (): Partial<ControllerSnapshot> =>
    this._snapshot.stored ? { stored: null, explained: null } : {};

  private async _open(engine: EngineClient, signal: AbortSignal): Promise<ModelSummary> {
    this._set(begun('read'));
    const { labels, model } = await this._opener.openOf(this._payload, engine, signal, (progress, secondsLeft) =>
      this.report(progress, signal, secondsLeft)
    );
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

  private async _explain(model: ModelSummary, signal: AbortSignal): Promise<Explained> {
    const about = questionOf(this.session.state, model, this.payload);
    this._set(begun('forward'));
    const { requests } = await this.requests();
    // A file that cannot be read makes another input of the image.
    const inputKey = (): string => requests.inputKey(about.image);
    const left = new TimeLeft();
    const result = await new ComputedResults(requests, model).answer(about, {
      signal,
      // Of the many passes that some methods take; what comes before them is short.
      onProgress: busy =>
        this.report(busy, signal, busy.phase === 'explain' ? left.update(busy.done, busy.total) : null),
      onPartial: run => {
        if (!signal.aborted) {
          this._set({ soFar: atSlice(explainedBy({ about, run }, inputKey()), this.session.state.slice) });
        }
      }
    });
    this._keep(result, model);
    return explainedBy(result, inputKey());
  }

  private _onState(_: ViewSession, names: readonly (keyof ViewState)[]): void {
    const chosen = withChosen(this._payload, this.session.state);
    if (chosen !== this._payload) {
      [this._payload, this._isOfOther] = [chosen, true];
      void (this._abort && this.reopen()); // not before the view was seen
      return;
    }
    if (names.includes('layer')) {
      this._set({});
    }
    const { explained, soFar } = this._snapshot;
    if (names.includes('slice') && explained?.volume) {
      const { slice } = this.session.state;
      this._set({ explained: atSlice(explained, slice), soFar: soFar && atSlice(soFar, slice) });
    }
    if (this._snapshot.model && names.some(name => RUN_PROPERTIES.includes(name))) {
      void (this._snapshot.stored ? this._showStored(this._why) : this.start());
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

  private _snapshot: ControllerSnapshot;
  private _changed = new Signal<this, void>(this);
  private _parts = new MapParts();
  private _opener: ModelOpener;
  private _abort: AbortController | null = null;
  private _link: IDisposable | null = null;
  private _isDisposed = false;
  private _seen: SeenFile;
  /** Of the model, as the links know it. */
  private _place: string | null | undefined = undefined;
  private _why: Message | null = null;
  /** What is on the screen is of another model of the payload's than the one that is opened. */
  private _isOfOther = false;
  /** Counts changes of the payload's inputs. */
  private _revision = 0;
}
