import { type ISignal, Signal } from '@lumino/signaling';
import { abortByHand, isAbort } from '../../engine/protocol/errors';
import type { RunResult } from '../../engine/protocol/protocol';
import { isInputMethod } from '../../explain/kinds';
import type { LaidMap } from '../../explain/set/map-sum';
import { targetOfClass } from '../../explain/target-of-class';
import type { Grid } from '../../explain/upsample';
import { regionCovered } from '../../graph/field-geometry';
import { type Message, message, MessageError } from '../../messages/message';
import type { PayloadImage } from '../../mime/payload';
import type { Question } from '../../results/result';
import { WHOLE } from '../../state/places';
import type { EngineRequests } from '../model/engine-requests';
import type { Explained } from '../model/explained';
import { feedingOf } from '../model/feeding';
import { isFreeFor } from '../model/is-free-for';
import type { ModelController } from '../model/model-controller';
import { sentenceOf } from '../model/sentences';
import type { Busy } from '../progress/progress-text';
import { TimeLeft } from '../progress/time-left';
import { oncePer } from '../view/once-per';

/** Whose map is made of each image: of what the view explains, of the class that it is taken for, or that it is of. */
export type ClassChoice = 'explained' | 'predicted' | 'true';

/** What is asked of every image. */
export interface SetQuestion extends Omit<Question, 'image' | 'input'> {
  of: ClassChoice;
  /** Index of the class that the view explained; -1 of units. */
  index: number;
}

/** The map of an image, and what was explained of it. */
export interface SetMap extends LaidMap {
  /** Index of the class. */
  index: number;
  /** The model's input as it was fed. */
  input: Grid;
}

export interface SetSnapshot {
  /** What the maps below answer; null before the first. */
  readonly question: SetQuestion | null;
  /** By index of the image, in the order computed. */
  readonly found: ReadonlyMap<number, SetMap>;
  /** Why an image has no map. */
  readonly problems: ReadonlyMap<number, Message>;
  readonly running: Busy | null;
}

const NOTHING: SetSnapshot = { question: null, found: new Map(), problems: new Map(), running: null };

/** Bytes of maps that are kept: those of methods of the input are as large as it. */
const MOST_BYTES = 512e6;

/** The maps of the images of a view, one after the other in the worker. What the view itself asks goes first. */
export class SetMaps {
  constructor(
    private controller: ModelController,
    private mostBytes = MOST_BYTES
  ) {}

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get snapshot(): SetSnapshot {
    return this._snapshot;
  }

  /** Computes what is not known yet of the images at these indices. Maps of another question are dropped. */
  start(explained: Explained, of: ClassChoice, indices: readonly number[], truths: readonly (number | null)[]): void {
    this._end();
    const { signal } = (this._abort = new AbortController());
    const asked = setQuestion(explained, of);
    const { found } = this.isOf(asked) ? this._snapshot : NOTHING;
    this._images = this.controller.payload.images;
    this._feeding = feedingOf(this.controller);
    this._set({ question: asked, found, problems: new Map() });
    void this._compute(
      asked,
      indices.filter(image => !found.has(image)),
      truths,
      signal
    );
  }

  /** Takes up maps that were kept, as of the images and the feeding of now; not where there are some. */
  takeUp(question: SetQuestion, found: ReadonlyMap<number, SetMap>): void {
    if (this._snapshot.question === null && found.size > 0) {
      this._images = this.controller.payload.images;
      this._feeding = feedingOf(this.controller);
      this._set({ question, found });
    }
  }

  /** Ends what is under way; the maps found stay. */
  cancel(): void {
    this._end(abortByHand());
  }

  private _end(reason?: DOMException): void {
    this._abort?.abort(reason);
    this._abort = null;
    this._set({ running: null });
  }

  /** True if the maps answer a question: with what the images themselves say of the class, or with that of the view. */
  isOf(question: SetQuestion): boolean {
    const { question: answered } = this._snapshot;
    const isFedAlike = this._images === this.controller.payload.images && this._feeding === feedingOf(this.controller);
    return answered !== null && isFedAlike && keyOf(answered) === keyOf(question);
  }

  /** Never rejects. */
  private async _compute(
    question: SetQuestion,
    indices: readonly number[],
    truths: readonly (number | null)[],
    signal: AbortSignal
  ): Promise<void> {
    const left = new TimeLeft();
    const found = new Map(this._snapshot.found);
    const problems = new Map<number, Message>();
    const tell = (done: number): void => {
      const running = { phase: 'set' as const, done, total: indices.length };
      this._set({
        found: new Map(found),
        problems: new Map(problems),
        running: { ...running, secondsLeft: left.update(done, indices.length) }
      });
    };
    for (const [done, image] of indices.entries()) {
      tell(done);
      try {
        const { requests } = await this.controller.requests();
        const map = await this._mapOf(requests, question, image, truths[image] ?? null, signal);
        signal.throwIfAborted();
        if (bytesOf(found) + map.values.byteLength > this.mostBytes) {
          problems.set(
            image,
            message(
              'The maps take too much memory: %1 were kept. Choose fewer images, or a method of a layer.',
              found.size
            )
          );
          break;
        }
        found.set(image, map);
      } catch (error) {
        if (!isAbort(error) && !signal.aborted) {
          problems.set(image, sentenceOf(error));
        }
      }
      if (!(await isFreeFor(this.controller, signal))) {
        return;
      }
    }
    this._set({ found, problems, running: null });
  }

  private async _mapOf(
    requests: EngineRequests,
    question: SetQuestion,
    image: number,
    truth: number | null,
    signal: AbortSignal
  ): Promise<SetMap> {
    const { layer, method, score, output, convention, of } = question;
    if (of === 'true' && truth === null) {
      throw new MessageError(message('Its true class is not known.'));
    }
    const target = of === 'explained' ? question.target : of === 'true' ? truth : null;
    const run = await requests.run(image, { maps: [layer], method, target, score, output, convention }, { signal });
    return setMapOf(run, question, this.controller.payload.images[image].input);
  }

  private _set(changes: Partial<SetSnapshot>): void {
    this._snapshot = { ...this._snapshot, ...changes };
    this._changed.emit();
  }

  private _snapshot = NOTHING;
  /** Of what the maps are. */
  private _images: readonly PayloadImage[] | null = null;
  private _feeding = '';
  private _abort: AbortController | null = null;
  private _changed = new Signal<this, void>(this);
}

/** What the view explains, asked of every image. */
export function setQuestion({ run, ...explained }: Explained, of: ClassChoice): SetQuestion {
  const { layer, method, score, output, convention, target } = explained;
  const index = run.targets[0]?.index ?? -1;
  return { layer, method, score, output, convention, target: targetOfClass(target, index), of, index };
}

const keyOf = ({ layer, method, score, output, convention, of, target }: SetQuestion): string =>
  JSON.stringify([layer, method, score, output, convention, of, ...(of === 'explained' ? [target] : [])]);

/**
 * The map of a run's one image, where the view would lay it.
 *
 * @param input - Name of the input whose picture is seen; undefined if there is but one.
 * @throws MessageError where there is none
 */
export function setMapOf(
  run: RunResult,
  { layer, method, convention }: Pick<SetQuestion, 'layer' | 'method' | 'convention'>,
  input: string | undefined
): SetMap {
  const map = run.maps[layer];
  if (!map || map.shape.length !== 3 || !run.inputSize) {
    throw new MessageError(
      message('There is no map over its picture: sets are for pictures, and for layers and methods that have a map.')
    );
  }
  const [, height, width] = map.shape;
  const values = map.data.slice(0, height * width);
  if (!values.every(Number.isFinite)) {
    throw new MessageError(message('Its map has values that are no finite numbers.'));
  }
  const [rows, columns] = run.inputSize;
  const field = run.fields[layer] ?? null;
  const isSeen = input === undefined || field?.inputs.includes(input);
  // Methods of the input, and libraries' conventions, give maps of the whole input's size.
  const isOfInput = isInputMethod(method) || (convention !== null && height === rows && width === columns);
  const isWhole = isOfInput || !isSeen;
  return {
    values,
    height,
    width,
    place: isWhole ? WHOLE : regionCovered(field, [height, width]),
    index: run.targets[0]?.index ?? -1,
    input: { height: rows, width: columns }
  };
}

function bytesOf(maps: ReadonlyMap<number, SetMap>): number {
  let sum = 0;
  maps.forEach(({ values }) => (sum += values.byteLength));
  return sum;
}

/** The maps of a view's set: they outlive the panel that shows them. */
export const setMapsOf = oncePer((controller: ModelController) => new SetMaps(controller));
