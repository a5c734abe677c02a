import { type ISignal, Signal } from '@lumino/signaling';
import { abortByHand, isAbort } from '../../engine/protocol/errors';
import { type Message, MessageError } from '../../messages/message';
import type { ModelFile } from '../../mime/payload';
import type { EngineRequests } from '../model/engine-requests';
import type { Explained } from '../model/explained';
import { isFreeFor } from '../model/is-free-for';
import type { ModelController } from '../model/model-controller';
import { sentenceOf } from '../model/sentences';
import type { Busy } from '../progress/progress-text';
import { TimeLeft } from '../progress/time-left';
import { oncePer } from '../view/once-per';
import { otherClasses, withModel } from './with-model';

/** What one of several models says of an image: the model's own output for each class. */
export type ModelAnswer = { scores: Float64Array } | { problem: Message };

export interface ScoresSnapshot {
  /** By index of the model. */
  readonly found: ReadonlyMap<number, ModelAnswer>;
  readonly running: Busy | null;
}

const NOTHING: ScoresSnapshot = { found: new Map(), running: null };

/** The scores of one image by all models of a view, one after the other in the worker. What the view itself asks goes first. */
class ModelScores {
  constructor(private controller: ModelController) {}

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** What is known of the image that is explained. */
  of(explained: Explained): ScoresSnapshot {
    return this._key === this._keyOf(explained) ? this._snapshot : NOTHING;
  }

  /** Asks the models that have not been asked yet, and those that could not answer. */
  start(explained: Explained): void {
    const { found } = this.of(explained);
    this._end();
    const { signal } = (this._abort = new AbortController());
    this._key = this._keyOf(explained);
    this._set({ found: new Map([...found].filter(([, answer]) => 'scores' in answer)) });
    void this._compute(explained, signal);
  }

  /** Ends what is under way; what was found stays. */
  cancel(): void {
    this._end(abortByHand());
  }

  private _end(reason?: DOMException): void {
    this._abort?.abort(reason);
    this._abort = null;
    this._set({ running: null });
  }

  /** Never rejects. */
  private async _compute(explained: Explained, signal: AbortSignal): Promise<void> {
    const left = new TimeLeft();
    const models = this.controller.payload.models ?? [];
    const found = new Map(this._snapshot.found);
    for (const [index, file] of models.entries()) {
      if (!(await isFreeFor(this.controller, signal))) {
        return;
      }
      const progress = { phase: 'models' as const, done: index, total: models.length };
      this._set({ running: { ...progress, secondsLeft: left.update(index, models.length) } });
      if (found.has(index)) {
        continue;
      }
      try {
        const scores = await withModel(this.controller, file, signal, async (requests, { outputs }) =>
          this._ask(requests, explained, file, outputs[0]?.name, signal)
        );
        found.set(index, { scores });
      } catch (error) {
        if (signal.aborted) {
          return;
        }
        if (!isAbort(error)) {
          found.set(index, { problem: sentenceOf(error) });
        }
      }
      this._set({ found: new Map(found) });
    }
    this._set({ running: null });
  }

  private async _ask(
    requests: EngineRequests,
    { image, output, run }: Explained,
    file: ModelFile,
    firstOutput: string | undefined,
    signal: AbortSignal
  ): Promise<Float64Array> {
    const [said] = await requests.predictPerturbed(image, [undefined], signal);
    signal.throwIfAborted();
    if (said.problem) {
      throw new MessageError(said.problem);
    }
    const scores = said.scores?.[output ?? firstOutput ?? ''];
    const classes = run.output === null ? undefined : run.outputs[run.output].shape.at(-1);
    if (!scores || scores.length !== classes) {
      throw otherClasses(file, scores?.length, classes);
    }
    return scores;
  }

  private _keyOf({ image, output }: Explained): string {
    const { images, preprocess, interpolation, layers } = this.controller.payload;
    if (images !== this._images) {
      this._images = images;
      this._revision++;
    }
    return JSON.stringify([this._revision, image, output, preprocess, interpolation, layers]);
  }

  private _set(changes: Partial<ScoresSnapshot>): void {
    this._snapshot = { ...this._snapshot, ...changes };
    this._changed.emit();
  }

  private _snapshot = NOTHING;
  private _key = '';
  private _images: unknown = null;
  private _revision = 0;
  private _abort: AbortController | null = null;
  private _changed = new Signal<this, void>(this);
}

/** The scores of a view's models: they outlive the panel that shows them. */
export const modelScoresOf = oncePer((controller: ModelController) => new ModelScores(controller));
