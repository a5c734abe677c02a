import { type ISignal, Signal } from '@lumino/signaling';
import type { ModelSummary } from '../../graph/layer-info';
import { fetched } from '../../messages/fetched';
import type { KeepChoice } from '../../mime/kept';
import { fitted, sizeOf } from '../../results/fit';
import { packGuesses, packResult, packSummary } from '../../results/pack';
import { arePackedResults, type PackedResults, RESULTS_VERSION } from '../../results/packed-results';
import type { NamedGuess } from '../../results/predictions';
import { isSameModel, questionKey, type Result, type ResultsModel } from '../../results/result';
import type { StoredResults } from '../../results/stored-results';
import type { OutputStore } from './output-store';
import type { ResultStore } from './result-store';

/** Bytes of results that an output holds at most, whoever asks for more. */
const MOST = 20e6;

/** Characters of the JSON around what was found of other models. */
const OF_OTHERS = 14;

/** Bytes of the notebook. */
export interface KeptSizes {
  /** Of all that was found. */
  all: number;
  /** Of what is kept of it. */
  kept: number;
  /** That the settings give a view. */
  usual: number;
}

/** Packs what a view finds, so that it can be stored with its output, as far as there is room. */
export class ResultKeeper implements ResultStore {
  /**
   * @param usual - Bytes that the settings give a view; 0: only the picture is kept.
   * @param areSeveral - The view has several models: what was found of each is kept.
   */
  constructor(
    private store: OutputStore,
    private usual: () => number,
    private areSeveral = false
  ) {}

  /** Emits when what would be stored is another. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Emits before `changed`, when it is about a gallery's predictions. */
  get guessed(): ISignal<this, void> {
    return this._guessed;
  }

  /** True while something is packed. */
  get isBusy(): boolean {
    return this._pending > 0;
  }

  get choice(): KeepChoice | null {
    return this.store.read().keep ?? null;
  }

  async read(isWanted?: (of: ResultsModel) => boolean): Promise<StoredResults | null> {
    const { results } = this.store.read();
    if (results === undefined) {
      return null;
    }
    const stored = await fetched(import('../../results/stored-results'));
    return stored.StoredResults.read(results, isWanted);
  }

  add(result: Result, model: ModelSummary, of: ResultsModel): void {
    this._take(() => this._add(result, model, of));
  }

  addGuesses(found: readonly NamedGuess[], model: ModelSummary, of: ResultsModel): void {
    this._take(async () => {
      const all = await this._allOf(model, of);
      const now = packGuesses(found);
      const known = new Set(now.map(({ input }) => input));
      const guesses = [...(all.guesses ?? []).filter(({ input }) => !known.has(input)), ...now];
      this._all = guesses.length > 0 ? { ...all, guesses } : all;
      this._guessed.emit();
    });
  }

  private _take(work: () => Promise<void>): void {
    this._pending++;
    // One after the other, so that those looked at last come last.
    this._work = this._work
      .then(work)
      .catch((reason: unknown) => console.warn('GradLens: a result will not be kept in the notebook.', reason))
      .then(() => {
        this._pending--;
        this._revision++;
        this._changed.emit();
      });
  }

  /** Bytes that an output may hold after a choice. */
  limit(choice: KeepChoice | null): number {
    return choice === 'picture' ? 0 : choice === 'more' ? MOST : this.usual();
  }

  /**
   * What is to be stored after a choice; null: nothing is.
   *
   * @param findings - What checks found, as it is stored beside.
   */
  packed(choice: KeepChoice | null, findings: unknown = this.store.read().findings): PackedResults | null {
    const limit = this.limit(choice);
    const [all, ...others] = this._known();
    // Experiments are the user's own, and findings took minutes: what was found else has the room that they leave.
    let left = limit - sizeOf(this.store.read().experiments) - sizeOf(findings);
    const first = all && limit > 0 ? fitted(all, left) : null;
    if (!first || others.length === 0) {
      return first;
    }
    left -= sizeOf(first) + OF_OTHERS;
    const kept = others.flatMap(other => {
      const fits = fitted(other, left) ?? [];
      left -= sizeOf(fits);
      return fits;
    });
    return kept.length > 0 ? { ...first, others: kept } : first;
  }

  /** What a choice comes to. */
  sizes(choice: KeepChoice | null): KeptSizes {
    const packed = this.packed(choice);
    return {
      all: this._known().reduce((sum, one) => sum + sizeOf(one), 0),
      kept: packed ? sizeOf(packed) : 0,
      usual: this.usual()
    };
  }

  /** Counts what was added. */
  get revision(): number {
    return this._revision;
  }

  /** All that was found, once it is packed, as far as an output may hold it; null: nothing was. */
  async found(): Promise<PackedResults | null> {
    await this._work;
    return this.packed('more');
  }

  /** What is known, of the model looked at last first: found here, or stored before this view was opened. */
  private _known(): PackedResults[] {
    if (this._all) {
      return [this._all, ...this._others];
    }
    const { results } = this.store.read();
    if (!arePackedResults(results)) {
      return [];
    }
    const { others = [], ...first } = results;
    return [first, ...(this.areSeveral ? others : [])];
  }

  /** All that is known of a model. What was found of another is dropped, unless the view has several. */
  private async _allOf(model: ModelSummary, of: ResultsModel): Promise<PackedResults> {
    const known = this._known();
    this._others = this.areSeveral ? known.filter(one => !isSameModel(one.model, of)) : [];
    return (
      known.find(one => isSameModel(one.model, of)) ?? {
        version: RESULTS_VERSION,
        model: of,
        summary: await packSummary({ ...model, model: 'stored' }),
        runs: [],
        outputs: [],
        planes: []
      }
    );
  }

  private async _add(result: Result, model: ModelSummary, of: ResultsModel): Promise<void> {
    const all = await this._allOf(model, of);
    const { about, parts } = result;
    const key = questionKey(about);
    const same = all.runs.find(run => questionKey(run.about) === key);
    if (same && (parts === null || same.parts)) {
      // Packed again, it would differ by rounding at most.
      this._all = { ...all, runs: [...all.runs.filter(run => run !== same), same] };
      return;
    }
    const { run, outputs, planes } = await packResult(result);
    const hasOutputs = all.outputs.some(one => one.input === about.input);
    const hasPlanes = all.planes.some(one => one.input === about.input && one.layer === about.layer);
    this._all = {
      ...all,
      runs: [...all.runs.filter(one => one !== same), run],
      outputs: hasOutputs ? all.outputs : [...all.outputs, outputs],
      planes: hasPlanes || !planes ? all.planes : [...all.planes, planes]
    };
  }

  /** All that is known, whether it fits or not; null before anything was added. */
  private _all: PackedResults | null = null;
  /** Of the other models. */
  private _others: PackedResults[] = [];
  private _work: Promise<void> = Promise.resolve();
  private _pending = 0;
  private _revision = 0;
  private _guessed = new Signal<this, void>(this);
  private _changed = new Signal<this, void>(this);
}
