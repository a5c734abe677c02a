/** Results: what was found of a model, as immutable data, and where they come from. */
import type { Progress, RunResult } from '../engine/protocol/protocol';
import type { Message } from '../messages/message';
import { isSameFile } from '../mime/fingerprint';
import type { Fingerprint, StandIns } from '../mime/payload';
import { canonical } from '../state/canonical';
import { equal } from '../state/defaults';
import type { ConventionName, MethodName, ScoreKind, Target } from '../state/view-state';

/** What is asked of a model. */
export interface Question {
  /** Index into the payload's images. */
  readonly image: number;
  /** Names what the model is fed: another input has another name (see {@link inputName}). */
  readonly input: string;
  readonly layer: string;
  readonly method: MethodName;
  readonly score: ScoreKind;
  /** Null: the highest class. */
  readonly target: Target;
  /** Name of the output that is explained; null: the first. */
  readonly output: string | null;
  readonly convention: ConventionName | null;
}

/** What was found, and of what. */
export interface Result {
  readonly about: Question;
  /** With the layer's map, where it has one, and its feature maps; of a volume, of all slices. */
  readonly run: RunResult;
  /** What each channel adds to each cell of the map, (channels, height, width); null where nobody asked. */
  readonly parts: Float32Array | null;
}

/** The model that results are of: another file, or other stand-ins for its layers, make another model. */
export interface ResultsModel {
  readonly fingerprint: Fingerprint;
  readonly declared: StandIns;
}

/** For answers that take a while. */
export interface AnswerOptions {
  signal?: AbortSignal;
  onProgress?: (progress: Progress) => void;
  /** What is known so far, which is not final. */
  onPartial?: (run: RunResult) => void;
}

/** Answers questions: by computing, or from what was stored. */
export interface ResultSource {
  /** Why it cannot answer; null if it can, as far as it knows. */
  refusal(question: Question): Message | null;
  /** Rejects with a message where it cannot. */
  answer(question: Question, options?: AnswerOptions): Promise<Result>;
}

/** The question alone, of something that has more to it, such as what is on the screen. */
export const questionIn = ({ image, input, layer, method, score, target, output, convention }: Question): Question => ({
  image,
  input,
  layer,
  method,
  score,
  target,
  output,
  convention
});

/** Equal for questions that have the same answer. */
export const questionKey = ({ input, layer, method, score, target, output, convention }: Question): string =>
  canonical([input, layer, method, score, target, output, convention]) ?? '';

export const isSameModel = (a: ResultsModel, b: ResultsModel): boolean =>
  isSameFile(a.fingerprint, b.fingerprint) && equal(a.declared, b.declared);
