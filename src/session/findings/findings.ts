import { type ISignal, Signal } from '@lumino/signaling';
import type { RankingFindings } from '../../engine/protocol/channels';
import type { HealthFindings } from '../../engine/protocol/health';
import { inputName } from '../../results/input-name';
import { isSameModel, type Question, questionKey, type ResultsModel } from '../../results/result';
import { canonical } from '../../state/canonical';
import type { OffBy } from '../../state/vocabulary';
import type { ModelController } from '../model/model-controller';
import { resultsModel } from '../model/sources/questions';
import type { SetMap, SetQuestion } from '../set/set-maps';
import { oncePer } from '../view/once-per';
import { healthOf, mapsOf, packHealth, packMaps, packRanking, rankingOf } from './pack-findings';
import { fittedFindings, type PackedFinding, readFindings } from './packed-findings';

/** The place where findings outlast their page: the output of a view. */
export interface FindingsStore {
  /** What it holds, as {@link readFindings} takes it. */
  readonly findings: unknown;
  /** Bytes that findings may take; 0: none are kept. */
  readonly findingsRoom: number;
  keepFindings(findings: unknown): void;
}

/** What the checks of a view found: kept in its output, and found there when it is opened again. */
export class Findings {
  /** @param store - Null where nothing keeps them. */
  constructor(
    private controller: ModelController,
    private store: FindingsStore | null
  ) {
    this._found = readFindings(store?.findings);
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** The health of the present model's channels, over the images as they are fed now; null where it was not found. */
  get health(): HealthFindings | null {
    const found = this._find('health', this._healthKey());
    return found && unpacked(found);
  }

  keepHealth(found: HealthFindings): void {
    this._keep({ ...packHealth(found), key: this._healthKey() });
  }

  /** The channels of a layer by their effect on the score that is asked about. */
  ranking(question: Question, by: OffBy): RankingFindings | null {
    const found = this._find('ranking', rankingKey(question, by));
    return found && ranked(found);
  }

  keepRanking(question: Question, found: RankingFindings): void {
    this._keep({ ...packRanking(found), key: rankingKey(question, found.by) });
  }

  get hasMaps(): boolean {
    return this._find('set', '') !== null;
  }

  /** The maps of a set, with what they answer; null where none were kept. */
  async maps(): Promise<{ question: SetQuestion; found: Map<number, SetMap> } | null> {
    const packed = this._find('set', '');
    return packed && { question: packed.question, found: await mapsOf(packed, this._inputName) };
  }

  /** Keeps the maps of one question, those of the last. */
  async keepMaps(question: SetQuestion, found: ReadonlyMap<number, SetMap>): Promise<void> {
    const model = this._model();
    this._keep({ kind: 'set', key: '', question, maps: await packMaps(found, this._inputName) }, model);
  }

  private _find<K extends PackedFinding['kind']>(kind: K, key: string): Extract<PackedFinding, { kind: K }> | null {
    const model = this._model();
    const isIt = (one: PackedFinding): one is Extract<PackedFinding, { kind: K }> =>
      one.kind === kind && one.key === key && model !== null && isSameModel(one.model, model);
    return this._found.find(isIt) ?? null;
  }

  private _keep(packed: WithoutModel<PackedFinding>, model = this._model()): void {
    if (!model) {
      return;
    }
    const now = { ...packed, model } as PackedFinding;
    const areSeveral = this.controller.payload.models !== undefined;
    const others = this._found.filter(one => {
      const isOfModel = isSameModel(one.model, model);
      return isOfModel ? one.kind !== now.kind || one.key !== now.key : areSeveral;
    });
    this._found = [...others, now];
    if (this.store) {
      const fits = fittedFindings(this._found, this.store.findingsRoom);
      if (fits || this.store.findings !== undefined) {
        this.store.keepFindings(fits);
      }
    }
    this._changed.emit();
  }

  private _model(): ResultsModel | null {
    const { payload, snapshot } = this.controller;
    return snapshot.model && resultsModel(snapshot.model, payload);
  }

  private _inputName = (image: number): string => inputName(this.controller.payload, image);

  private _healthKey(): string {
    return this.controller.payload.images
      .slice(0, MOST_NAMED)
      .map((_, image) => this._inputName(image))
      .join(' ');
  }

  private _found: readonly PackedFinding[];
  private _changed = new Signal<this, void>(this);
}

type WithoutModel<T> = T extends unknown ? Omit<T, 'model'> : never;

/** The same object each time, so that what hangs on it is not drawn again. */
const unpacked = oncePer(healthOf);
const ranked = oncePer(rankingOf);

/** Images that name a set: more would make the name longer than what it is of. */
const MOST_NAMED = 500;

const rankingKey = (question: Question, by: OffBy): string => canonical([questionKey(question), by]) ?? '';

/** The findings of a view: they outlive their panels. */
export const findingsOf = oncePer(
  (controller: ModelController, store: FindingsStore | null) => new Findings(controller, store)
);
