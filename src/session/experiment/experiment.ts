import { type ISignal, Signal } from '@lumino/signaling';
import { isAbort } from '../../engine/protocol/errors';
import type { GivenPicture, RunResult } from '../../engine/protocol/protocol';
import { askedAgain } from '../../explain/target-of-class';
import { hasMapAt } from '../../layers/has-map';
import type { Message } from '../../messages/message';
import { isNothing } from '../../perturb/perturb';
import type { Perturbation } from '../../perturb/perturbation';
import { questionKey } from '../../results/result';
import { equal } from '../../state/defaults';
import type { Explained } from '../model/explained';
import type { ModelController } from '../model/model-controller';
import { sentenceOf } from '../model/sentences';
import { oncePer } from '../view/once-per';
import { begun, done, type History, redone, undone } from './history';
import { type Entry, packExperiments, readExperiments } from './kept-experiments';

/** What a model says of the perturbed picture. */
export interface Answered {
  /** What was explained of the picture as it is: the same is asked of the perturbed one. */
  readonly before: Explained;
  readonly perturbation: Perturbation;
  /** The scores; with the map and the feature maps once the pointer rests. */
  readonly run: RunResult;
  readonly hasMap: boolean;
  /** The picture that the model was given; null where it was given a tensor. */
  readonly given: GivenPicture | null;
  /** Milliseconds from the change to the scores, and from the request of the map to the map. */
  readonly latency: { readonly scores: number; readonly map: number | null };
}

export interface ExperimentSnapshot {
  readonly history: History<Perturbation>;
  /** Being drawn: not in the history yet. */
  readonly draft: Perturbation | null;
  /** Null while nothing is changed, or nothing is known. */
  readonly answered: Answered | null;
  /** The newest answer that has a map: while something is drawn, it is older than the scores. */
  readonly mapped: Answered | null;
  readonly isBusy: boolean;
  readonly problem: Message | null;
  readonly entries: readonly Entry[];
}

/** Milliseconds without a change after which the map is computed while something is drawn. */
const REST = 150;

/** The place where experiments outlast their page: the output of a view. */
export interface ExperimentStore {
  /** What it holds, as {@link readExperiments} takes it. */
  readonly experiments: unknown;
  keepExperiments(experiments: unknown): void;
}

/** What becomes of a model's answer when its picture is changed: the newest change wins. */
export class Experiment {
  /** @param store - Keeps the experiments; null where nothing does. */
  constructor(
    private controller: ModelController,
    private store: ExperimentStore | null = null
  ) {
    const { now, entries } = readExperiments(store?.experiments);
    this._snapshot = { ...this._snapshot, history: begun(now), entries };
    controller.changed.connect(this._onController, this);
  }

  get snapshot(): ExperimentSnapshot {
    return this._snapshot;
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** The perturbation on the screen. */
  get now(): Perturbation {
    return this._snapshot.draft ?? this._snapshot.history.now;
  }

  /** Shows a change while it is drawn: computed as often as the engine can, and not remembered. */
  draw(change: Partial<Perturbation>): void {
    this._set({ draft: { ...this.now, ...change } });
    this._ask(this._phase === 'scores');
  }

  /** Makes a change that can be undone; without one, ends what is drawn. */
  change(change: Partial<Perturbation> = {}): void {
    const next = { ...this.now, ...change };
    const { history } = this._snapshot;
    this._show(equal(next, history.now) ? history : done(history, next));
    if (this._underWay !== null && equal(next, this._underWay)) {
      // What was drawn is what it is to be: the map need not wait for more.
      this._endRest();
    } else {
      this._ask();
    }
  }

  /** Gives up what is drawn. */
  giveUp(): void {
    this._set({ draft: null });
    this._ask();
  }

  undo(): void {
    this._show(undone(this._snapshot.history));
    this._ask();
  }

  redo(): void {
    this._show(redone(this._snapshot.history));
    this._ask();
  }

  /** Takes a perturbation in place of the one on the screen. */
  take(perturbation: Perturbation): void {
    this._show(done(this._snapshot.history, perturbation));
    this._ask();
  }

  /** Keeps what is on the screen as an entry; one of the same name is replaced. */
  keep(name: string): void {
    const { answered, entries } = this._snapshot;
    if (answered) {
      const { perturbation, run, before } = answered;
      const { models, model } = this.controller.payload;
      const of = models ? { model: model.name } : {};
      const entry = { name, perturbation, image: before.image, ...of, run, before: before.run };
      this._set({ entries: [...entries.filter(other => other.name !== name), entry] });
      this._keep();
    }
  }

  remove(name: string): void {
    this._set({ entries: this._snapshot.entries.filter(entry => entry.name !== name) });
    this._keep();
  }

  /** Whether anyone looks: nothing is computed for a panel that is closed. */
  set isOpen(isOpen: boolean) {
    this._isOpen = isOpen;
    this._ask();
  }

  dispose(): void {
    this._abort?.abort();
    Signal.disconnectReceiver(this);
    Signal.clearData(this);
  }

  private _show(history: History<Perturbation>): void {
    this._set({ history, draft: null });
    this._keep();
  }

  private _onController(): void {
    const { explained, busy } = this.controller.snapshot;
    const { answered } = this._snapshot;
    if (explained && busy === null && this._asked !== keyOf(explained) && (answered || !isNothing(this.now))) {
      this._ask();
    }
  }

  /** @param canWait - What is under way may end first: else strokes would never be answered while they are drawn. */
  private _ask(canWait = false): void {
    this._since = performance.now();
    if (canWait) {
      this._isWaiting = true;
      return;
    }
    this._abort?.abort();
    this._abort = null;
    this._isWaiting = false;
    this._phase = 'none';
    this._underWay = null;
    const { explained } = this.controller.snapshot;
    if (!explained || !this._isOpen || isNothing(this.now)) {
      const nothing = isNothing(this.now) ? { answered: null, mapped: null } : {};
      this._set({ ...nothing, isBusy: false, problem: null });
      return;
    }
    this._asked = keyOf(explained);
    const abort = (this._abort = new AbortController());
    void this._answer(explained, abort.signal);
  }

  /** Never rejects. */
  private async _answer(before: Explained, signal: AbortSignal): Promise<void> {
    this._set({ isBusy: true });
    try {
      const { requests, model } = await this.controller.requests();
      const { image, layer, method, convention } = before;
      const wanted = askedAgain(before);
      for (let isNewest = false; !isNewest;) {
        const [perturbation, since] = [this.now, this._since];
        this._phase = 'scores';
        this._isWaiting = false;
        this._underWay = perturbation;
        const run = await requests.run(image, { ...wanted, given: true }, { signal }, perturbation);
        if (signal.aborted) {
          return;
        }
        const latency = { scores: performance.now() - since, map: null };
        this._take({ before, perturbation, run, hasMap: false, given: run.given ?? null, latency });
        isNewest = !this._isWaiting;
      }
      this._phase = 'none';
      await this._rested(signal);
      const { answered } = this._snapshot;
      if (!answered || signal.aborted) {
        return;
      }
      const hasMap = hasMapAt(model, layer, method);
      const since = performance.now();
      const run = await requests.run(
        image,
        { ...wanted, maps: hasMap ? [layer] : [], planes: [layer], method, convention },
        { signal },
        answered.perturbation
      );
      if (!signal.aborted) {
        const latency = { ...answered.latency, map: performance.now() - since };
        this._take({ ...answered, run, hasMap: true, latency });
        this._set({ isBusy: false });
      }
    } catch (error) {
      if (!isAbort(error) && !signal.aborted) {
        this._phase = 'none';
        this._underWay = null;
        this._set({ problem: sentenceOf(error), isBusy: false, answered: null, mapped: null });
      }
    }
  }

  /** Resolves when nothing was changed for a while, at once when something was or when nothing is being drawn. */
  private async _rested(signal: AbortSignal): Promise<void> {
    if (this._snapshot.draft !== null) {
      await new Promise<void>(resolve => {
        const timer = setTimeout(resolve, REST);
        this._endRest = () => {
          clearTimeout(timer);
          resolve();
        };
        signal.addEventListener('abort', this._endRest);
      });
    }
  }

  /** Writes what is on the screen and what was kept, unless that is what is written. */
  private _keep(): void {
    const { history, entries } = this._snapshot;
    const experiments = packExperiments({ now: given(history.now), entries });
    if (this.store && !equal(experiments, this.store.experiments)) {
      this.store.keepExperiments(experiments);
    }
  }

  private _take(answered: Answered): void {
    const { mapped } = this._snapshot;
    const newest = answered.hasMap ? answered : mapped?.before === answered.before ? mapped : null;
    this._set({ answered, mapped: newest, problem: null });
  }

  private _set(changes: Partial<ExperimentSnapshot>): void {
    this._snapshot = { ...this._snapshot, ...changes };
    this._changed.emit();
  }

  private _snapshot: ExperimentSnapshot = {
    history: begun<Perturbation>({}),
    draft: null,
    answered: null,
    mapped: null,
    isBusy: false,
    problem: null,
    entries: []
  };
  private _isOpen = false;
  private _phase: 'none' | 'scores' = 'none';
  /** What the run under way, or the answer, is of; null where there is none. */
  private _underWay: Perturbation | null = null;
  private _endRest: () => void = () => undefined;
  /** The newest change waits for the run under way. */
  private _isWaiting = false;
  private _since = 0;
  /** What was asked of the picture as it is. */
  private _asked = '';
  private _abort: AbortController | null = null;
  private _changed = new Signal<this, void>(this);
}

const keyOf = (explained: Explained): string => JSON.stringify([explained.inputKey, questionKey(explained)]);

/** Without what is said to be absent, as JSON has it. */
const given = (perturbation: Perturbation): Perturbation =>
  Object.fromEntries(Object.entries(perturbation).filter(([, value]) => value !== undefined));

/** The experiment of a view: it outlives its panel. */
export const experimentOf = oncePer(
  (controller: ModelController, store: ExperimentStore | null) => new Experiment(controller, store)
);
