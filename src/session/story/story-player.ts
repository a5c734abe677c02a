import { type ISignal, Signal } from '@lumino/signaling';
import { type Message, message, messageOf } from '../../messages/message';
import { oncePer } from '../view/once-per';
import type { ViewSession } from '../view/view-session';
import {
  MOST_JSON,
  MOST_STEPS,
  NO_STORY,
  parseStory,
  readStory,
  stateOf,
  type Step,
  type Story,
  toldOf
} from './story';

/** Where a story is kept: in a notebook's output. */
interface StoryStore {
  readonly story: unknown;
  keepStory(story: unknown): void;
}

export interface StorySnapshot {
  readonly story: Story;
  /** Index of the step that is told; -1 before the first. */
  readonly at: number;
  readonly step: Step | null;
  /** The step's question waits for an answer: what it shows is not shown yet. */
  readonly isAsking: boolean;
  /** What was answered to the step's question; null where nothing was. */
  readonly answer: string | null;
  /** What was wrong with a story that was to be read. */
  readonly problem: Message | null;
}

/**
 * Records a view's states as steps of a story, and plays them. Playing sets the view as a linked one does: it is
 * not kept, so that a notebook that somebody reads stays as it was. Answers are the reader's, and go with the page.
 */
export class StoryPlayer {
  constructor(
    private session: ViewSession,
    private store: StoryStore | null,
    /** The story that the cell gives. */
    private given?: unknown
  ) {
    const raw = store?.story ?? given;
    if (raw !== undefined) {
      this._isUnread = !this._try(() => {
        this._story = readStory(raw);
      });
    }
    this._update();
  }

  get snapshot(): StorySnapshot {
    return this._snapshot;
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Adds what the view shows now as a step behind the one that is told, and goes there. */
  record(text: string, question: string): void {
    const { steps } = this._story;
    const step = stepOf(toldOf(this.session.state), text, question);
    const at = this._at < 0 ? steps.length : this._at + 1;
    if (this._write([...steps.slice(0, at), step, ...steps.slice(at)], at)) {
      // Who records knows what is behind the question.
      this._answers.set(step, '');
      this._update();
    }
  }

  /** Changes the texts of a step. */
  edit(at: number, text: string, question: string): void {
    const { steps } = this._story;
    const step = stepOf(steps[at].view, text, question);
    this._ids.set(step, this.idOf(steps[at]));
    const answer = this._answers.get(steps[at]);
    if (answer !== undefined) {
      this._answers.set(step, answer);
    }
    this._write(steps.map((other, i) => (i === at ? step : other)));
  }

  /** Makes a step show what the view shows now. */
  renew(at: number): void {
    const before = this._story.steps[at];
    const step = stepOf(toldOf(this.session.state), before.text, before.question ?? '');
    this._ids.set(step, this.idOf(before));
    this._answers.set(step, '');
    this._write(this._story.steps.map((other, i) => (i === at ? step : other)));
  }

  remove(at: number): void {
    const wasTold = at === this._at;
    const isBehind = at < this._at || this._at === this._story.steps.length - 1;
    this._write(
      this._story.steps.filter((_, i) => i !== at),
      isBehind ? this._at - 1 : this._at
    );
    if (wasTold) {
      this.go(this._at);
    }
  }

  /** Moves a step by so many places. */
  move(at: number, by: number): void {
    const steps = [...this._story.steps];
    const to = at + by;
    if (to < 0 || to >= steps.length) {
      return;
    }
    [steps[at], steps[to]] = [steps[to], steps[at]];
    this._write(steps, this._at === at ? to : this._at === to ? at : this._at);
  }

  /** Tells a step from others, also once it is worded or taken anew. */
  idOf(step: Step): number {
    const known = this._ids.get(step) ?? this._nextId++;
    this._ids.set(step, known);
    return known;
  }

  /** Gives the story a name; '' for none. */
  name(title: string): void {
    const { version, steps } = this._story;
    this._story = { version, ...(title === '' ? {} : { title }), steps };
    this._keep();
  }

  /** Tells a step: its question first, where it has one that was not answered. */
  go(at: number): void {
    const { steps } = this._story;
    if (at < 0 || at >= steps.length) {
      return;
    }
    this._at = at;
    this._update();
    if (!this._snapshot.isAsking) {
      this.session.adopt(stateOf(steps[at]));
    } else if (at > 0) {
      this.session.adopt(stateOf(steps[at - 1]));
    } else {
      // Nothing was told before: its picture, bare.
      this.session.adopt({ ...stateOf(steps[0]), overlay: 'blend', opacity: 0 });
    }
  }

  /** Goes on, or back; an open question stays open until it is answered. */
  step(by: 1 | -1): void {
    if (by < 0 || !this._snapshot.isAsking) {
      this.go(this._at + by);
    }
  }

  /** Answers the step's question, and shows what was asked about. */
  answer(text: string): void {
    const { step } = this._snapshot;
    if (step) {
      this._answers.set(step, text);
      this.go(this._at);
    }
  }

  /** Takes the story of a file in place of the present one, which stays where the file is refused. */
  load(json: string): void {
    if (this._try(() => (this._story = parseStory(json)))) {
      this._isUnread = false;
      this._answers.clear();
      this._at = -1;
      this._keep();
      this.go(0);
    }
  }

  /** Says what is wrong with a file before anything of it could be read. */
  refuse(error: unknown): void {
    this._problem = messageOf(error);
    this._update();
  }

  /** The story as a file holds it. */
  toJSON(): string {
    const readable = `${JSON.stringify(this._story, null, 2)}\n`;
    return readable.length > MOST_JSON ? JSON.stringify(this._story) : readable;
  }

  get isFull(): boolean {
    return this._story.steps.length >= MOST_STEPS;
  }

  /** Takes other steps, of which one is told; false, with a sentence, where they could not be read again. */
  private _write(steps: readonly Step[], at = this._at): boolean {
    const story = { ...this._story, steps };
    if (this._isUnread) {
      this._problem = message(
        'The story that is kept here cannot be read by this GradLens, so that nothing is written over it. Load another one to replace it.'
      );
    } else if (steps.length > this._story.steps.length && JSON.stringify(story).length > MOST_JSON) {
      this._problem = message(
        'A story holds at most %1 characters, lassos and sentences included: begin another one.',
        MOST_JSON
      );
    } else {
      this._story = story;
      this._at = at;
      this._keep();
      return true;
    }
    this._update();
    return false;
  }

  private _keep(): void {
    this._problem = null;
    const isNone = this.given === undefined && this._story.steps.length === 0;
    this.store?.keepStory(isNone ? undefined : this._story);
    this._update();
  }

  private _try(read: () => void): boolean {
    try {
      read();
      this._problem = null;
    } catch (error) {
      this._problem = messageOf(error);
    }
    this._update();
    return this._problem === null;
  }

  private _update(): void {
    const step = this._story.steps[this._at] ?? null;
    const answer = step ? (this._answers.get(step) ?? null) : null;
    this._snapshot = {
      story: this._story,
      at: this._at,
      step,
      isAsking: step?.question !== undefined && answer === null,
      answer: answer === '' ? null : answer,
      problem: this._problem
    };
    this._changed.emit();
  }

  private _story = NO_STORY;
  private _at = -1;
  private _answers = new Map<Step, string>();
  private _ids = new WeakMap<Step, number>();
  private _nextId = 0;
  /** There is a story that cannot be read: nothing is to be written over it. */
  private _isUnread = false;
  private _problem: Message | null = null;
  private _snapshot!: StorySnapshot;
  private _changed = new Signal<this, void>(this);
}

const stepOf = (view: Step['view'], text: string, question: string): Step => ({
  view,
  text,
  ...(question === '' ? {} : { question })
});

/** The story of a view: it outlives its panel, and all places that show the view tell the same step. */
export const storyOf = oncePer(
  (session: ViewSession, store: StoryStore | null, given?: unknown) => new StoryPlayer(session, store, given)
);
