/**
 * A story: states of a view in order, each with a sentence, some with a question before it. It stands in the
 * metadata of a notebook's output, in a payload or in a JSON file; anybody may have written what is read.
 * The published JSON schema is `gradlens/story-v1.schema.json`; this file is its TypeScript face.
 */
import { type Message, message, MessageError, verbatim } from '../../messages/message';
import { isObject } from '../../mime/json';
import { viewProblem } from '../../mime/parse-view';
import { PROPERTY_CHECKS } from '../../mime/property-checks';
import { depthOf } from '../../results/check';
import { fromJSON, toJSON } from '../../state/defaults';
import type { ViewState, ViewStateJSON } from '../../state/view-state';

/** One step of a story. Steps never change: an edit makes another. */
export interface Step {
  /** What the view shows; properties that are left out have their defaults. */
  readonly view: ViewStateJSON;
  /** Said of it, once it is shown. */
  readonly text: string;
  /** Asked before it is shown. */
  readonly question?: string;
}

export interface Story {
  readonly version: 1;
  readonly title?: string;
  readonly steps: readonly Step[];
}

export const NO_STORY: Story = { version: 1, steps: [] };

export const MOST_STEPS = 100;
/** Characters of a sentence or a question. */
export const MOST_TEXT = 2000;
/** Characters of a story as JSON, in a file or in a notebook. */
export const MOST_JSON = 500_000;
/** Lists and objects in one another. */
const DEEPEST = 20;

/** Of how views are linked a story says nothing: that is the page's matter. */
const UNTOLD: readonly (keyof ViewState)[] = ['cursor', 'links', 'linkScope', 'linkByName'];

/** What a step holds of a state. */
export const toldOf = (state: ViewState): ViewStateJSON =>
  Object.fromEntries(Object.entries(toJSON(state)).filter(([name]) => !UNTOLD.includes(name as keyof ViewState)));

/** All that a step sets, defaults too. */
export const stateOf = ({ view }: Step): Partial<ViewState> =>
  Object.fromEntries(Object.entries(fromJSON(view)).filter(([name]) => !UNTOLD.includes(name as keyof ViewState)));

/** Reads a story's file. @throws MessageError, one sentence that says what is wrong with it. */
export function parseStory(json: string): Story {
  if (json.length > MOST_JSON) {
    throw refused(message('it has more than %1 characters', MOST_JSON));
  }
  if (depthOf(json) > DEEPEST) {
    throw refused(message('lists and objects lie more than %1 deep in one another', DEEPEST));
  }
  let raw: unknown;
  try {
    raw = JSON.parse(json);
  } catch {
    throw refused(message('it is not JSON'));
  }
  return readStory(raw);
}

/** Reads a story that JSON was made to. @throws MessageError, one sentence that says what is wrong with it. */
export function readStory(raw: unknown): Story {
  const problem = storyProblem(raw);
  if (problem) {
    throw refused(problem);
  }
  return raw as Story;
}

const refused = (why: Message): MessageError => new MessageError(message('GradLens cannot tell this story: %1.', why));

/** Keys that JSON writes and checks read; `__proto__` is one of those that are not known. */
const unknownIn = (value: object, known: readonly string[]): string | undefined =>
  Object.keys(value).find(key => !known.includes(key));

function storyProblem(raw: unknown): Message | null {
  if (!isObject(raw)) {
    return message('it is not an object');
  }
  if (raw.version !== 1) {
    return message('its “version” is not 1, the only one that this GradLens reads');
  }
  const unknown = unknownIn(raw, ['version', 'title', 'steps']);
  if (unknown !== undefined) {
    return message('“%1” is no property of a story', shortened(unknown));
  }
  if (raw.title !== undefined && !isText(raw.title)) {
    return message('“title” is not a text of at most %1 characters', MOST_TEXT);
  }
  const { steps } = raw;
  if (!Array.isArray(steps)) {
    return message('“steps” is not a list');
  }
  if (steps.length > MOST_STEPS) {
    return message('it has %1 steps, and %2 is the most', steps.length, MOST_STEPS);
  }
  for (const [at, step] of steps.entries()) {
    const problem = stepProblem(step);
    if (problem) {
      return message('in step %1, %2', at + 1, problem);
    }
  }
  return JSON.stringify(raw).length > MOST_JSON ? message('it has more than %1 characters', MOST_JSON) : null;
}

function stepProblem(step: unknown): Message | null {
  if (!isObject(step)) {
    return message('there is no object');
  }
  const unknown = unknownIn(step, ['view', 'text', 'question']);
  if (unknown !== undefined) {
    return message('“%1” is no property of a step', shortened(unknown));
  }
  if (!isText(step.text)) {
    return message('“text” is not a text of at most %1 characters', MOST_TEXT);
  }
  if (step.question !== undefined && !isText(step.question)) {
    return message('“question” is not a text of at most %1 characters', MOST_TEXT);
  }
  const other = isObject(step.view) && unknownIn(step.view, Object.keys(PROPERTY_CHECKS));
  return typeof other === 'string'
    ? message('“%1” is no property of a view', shortened(other))
    : viewProblem(step.view);
}

const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= MOST_TEXT;

/** What a file calls a property is shown as far as it fits a sentence. */
const shortened = (name: string): Message => verbatim(name.length > 40 ? `${name.slice(0, 40)}…` : name);
