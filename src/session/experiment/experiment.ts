import { type ISignal, Signal } from '@lumino/signaling';
import { isAbort } from '../../engine/protocol/errors';
import type { GivenPicture, RunResult } from '../../engine/protocol/protocol';
import { isInputMethod } from '../../explain/kinds';
import { targetOfClass } from '../../explain/target-of-class';
import { findLayer } from '../../layers/find-layer';
import type { Message } from '../../messages/message';
import { isNothing } from '../../perturb/perturb';
import type { Perturbation } from '../../perturb/perturbation';
import { questionKey } from '../../results/result';
import { equal } from '../../state/defaults';
import type { Explained } from '../model/explained';
import type { ModelController } from '../model/model-controller';
import { sentenceOf } from '../model/sentences';
import { begun, done, type History, redone, undone } from './history';

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

/** A perturbation that was kept, with what the model said. */
export interface Entry {
  readonly name: string;
  readonly perturbation: Perturbation;
  /** Index into the payload's images. */
  readonly image: number;
  readonly run: RunResult;
  readonly before: RunResult;
}

export interface ExperimentSnapshot {
  readonly history: History<Perturbation>;
  /** Being drawn: not in the history yet. */
  readonly draft: Perturbation | null;
  /** Null while nothing is changed, or nothing is known. */
  readonly answered: Answered | null;
  readonly isBusy: boolean;
  readonly problem: Message | null;
  readonly entries: readonly Entry[];
}

/** Milliseconds without a change after which the map is computed. */
const REST = 150;

/** What becomes of a model's answer when its picture is changed: the newest change wins. */
export class Experiment {
  constructor(private controller: ModelController) {
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
    this._set({ history: equal(next, history.now) ? history : done(history, next), draft: null });
    this._ask();
  }

  /** Gives up what is drawn. */
  giveUp(): void {
    this._set({ draft: null });
    this._ask();
  }

  undo(): void {
    this._set({ history: undone(this._snapshot.history), draft: null });
    this._ask();
  }

  redo(): void {
    this._set({ history: redone(this._snapshot.history), draft: null });
    this._ask();
  }

  /** Takes a perturbation in place of the one on the screen. */
  take(perturbation: Perturbation): void {
    this._set({ history: done(this._snapshot.history, perturbation), draft: null });
    this._ask();
  }

  /** Keeps what is on the screen as an entry; one of the same name is replaced. */
  keep(name: string): void {
    const { answered, entries } = this._snapshot;
    if (answered) {
      const { perturbation, run, before } = answered;
      const entry = { name, perturbation, image: before.image, run, before: before.run };
      this._set({ entries: [...entries.filter(other => other.name !== name), entry] });
    }
  }

  remove(name: string): void {
    this._set({ entries: this._snapshot.entries.filter(entry => entry.name !== name) });
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
    const { explained } = this.controller.snapshot;
    if (!explained || !this._isOpen || isNothing(this.now)) {
      this._set({ answered: isNothing(this.now) ? null : this._snapshot.answered, isBusy: false, problem: null });
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
      const { image, layer, method, score, output, convention } = before;
      const wanted = { target: targetOfClass(before.target, before.run.targets[0]?.index ?? null), score, output };
      for (let isNewest = false; !isNewest;) {
        const [perturbation, since] = [this.now, this._since];
        this._phase = 'scores';
        this._isWaiting = false;
        const run = await requests.run(image, { ...wanted, given: true }, { signal }, perturbation);
        if (signal.aborted) {
          return;
        }
        const latency = { scores: performance.now() - since, map: null };
        this._take({ before, perturbation, run, hasMap: false, given: run.given ?? null, latency });
        isNewest = !this._isWaiting;
      }
      this._phase = 'none';
      await rested(signal);
      const { answered } = this._snapshot;
      if (!answered || signal.aborted) {
        return;
      }
      const hasMap = findLayer(model, layer)?.explainable || isInputMethod(method);
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
        this._set({ problem: sentenceOf(error), isBusy: false, answered: null });
      }
    }
  }

  private _take(answered: Answered): void {
    this._set({ answered, problem: null });
  }

  private _set(changes: Partial<ExperimentSnapshot>): void {
    this._snapshot = { ...this._snapshot, ...changes };
    this._changed.emit();
  }

  private _snapshot: ExperimentSnapshot = {
    history: begun<Perturbation>({}),
    draft: null,
    answered: null,
    isBusy: false,
    problem: null,
    entries: []
  };
  private _isOpen = false;
  private _phase: 'none' | 'scores' = 'none';
  /** The newest change waits for the run under way. */
  private _isWaiting = false;
  private _since = 0;
  /** What was asked of the picture as it is. */
  private _asked = '';
  private _abort: AbortController | null = null;
  private _changed = new Signal<this, void>(this);
}

const keyOf = (explained: Explained): string => JSON.stringify([explained.inputKey, questionKey(explained)]);

/** Resolves when nothing was changed for a while, or at once when something was. */
async function rested(signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, REST);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

const experiments = new WeakMap<ModelController, Experiment>();

/** The experiment of a view: it outlives its panel. */
export function experimentOf(controller: ModelController): Experiment {
  const known = experiments.get(controller) ?? new Experiment(controller);
  experiments.set(controller, known);
  return known;
}
