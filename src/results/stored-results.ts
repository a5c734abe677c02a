import type { Planes, RunResult, TensorData } from '../engine/protocol/protocol';
import type { ModelSummary } from '../graph/layer-info';
import { type Message, message, MessageError } from '../messages/message';
import { equal } from '../state/defaults';
import type { Target } from '../state/view-state';
import { depthOf } from './check';
import {
  arePackedResults,
  type PackedGuess,
  type PackedNumber,
  type PackedPlanes,
  type PackedResults,
  type PackedRun
} from './packed-results';
import type { Guess } from './predictions';
import { type Question, questionKey, type Result, type ResultsModel, type ResultSource } from './result';
import { isStoredSummary } from './stored-summary';
import { StoredError } from './tensors/gzip';
import { type PackedTensor, unpackTensor, unpackText } from './tensors/packed-tensor';

/** Lists and objects of a model's description lie no deeper in one another. */
const DEEPEST = 32;

/** Results that were stored, as a source: it has what was looked at, and computes nothing. */
export class StoredResults implements ResultSource {
  private constructor(
    private packed: PackedResults,
    readonly model: ModelSummary
  ) {
    this._byKey = new Map(packed.runs.map(run => [questionKey(run.about), run]));
    this._guesses = new Map(packed.guesses?.map(guess => [guess.input, guess]));
  }

  /**
   * Reads what anybody may have written: the model's layers at once, tensors when they are asked for.
   *
   * @param isWanted - Of several models, the one whose results are read; where there is none, those stored first.
   * @throws StoredError
   */
  static async read(stored: unknown, isWanted: (of: ResultsModel) => boolean = () => true): Promise<StoredResults> {
    if (!arePackedResults(stored)) {
      throw new StoredError(message('it is not in a form that this version of GradLens knows'));
    }
    const raw = [stored, ...(stored.others ?? [])].find(({ model }) => isWanted(model)) ?? stored;
    const json = await unpackText(raw.summary);
    if (depthOf(json) > DEEPEST) {
      throw new StoredError(message('the description of its model is nested too deeply'));
    }
    let summary: unknown;
    try {
      summary = JSON.parse(json);
    } catch {
      throw new StoredError(message('the description of its model is not JSON'));
    }
    if (!isStoredSummary(summary)) {
      throw new StoredError(message('the description of its model is damaged'));
    }
    return new StoredResults(raw, limited({ ...summary, fingerprint: raw.model.fingerprint }, raw));
  }

  /** The model that the results are of. */
  get of(): ResultsModel {
    return this.packed.model;
  }

  /** What is stored, oldest first. */
  get questions(): readonly Question[] {
    return this.packed.runs.map(({ about }) => about);
  }

  /** What the model took an input for; null where that was not stored. */
  guess(input: string): Guess | null {
    const { tops = {}, numbers = {} } = this._guesses.get(input) ?? {};
    const found = Object.entries(tops).map(([name, [index, score]]) => {
      const all = Object.hasOwn(numbers, name) ? { all: numbers[name].map(Number) } : {};
      return [name, { index, score: Number(score), ...all }] as const;
    });
    return found.length > 0 ? { tops: Object.fromEntries(found) } : null;
  }

  refusal(question: Question): Message | null {
    return this._find(question) ? null : this._whyNot(question);
  }

  async answer(question: Question): Promise<Result> {
    const packed = this._find(question);
    if (!packed) {
      throw new MessageError(this._whyNot(question));
    }
    // They may have been asked for when the class was the highest, and not of it by its index.
    const parts = this._answers(question).find(run => run.parts)?.parts;
    return {
      about: packed.about,
      run: await this._run(packed),
      parts: parts ? (await unpackTensor(parts)).data : null
    };
  }

  private _find(question: Question): PackedRun | null {
    return this._answers(question)[0] ?? null;
  }

  /** The stored runs that answer: what was found of the highest class is also found of that class by its index. */
  private _answers(question: Question): PackedRun[] {
    const { target } = question;
    const highest = this._highest(question);
    const isHighest = highest !== null && (target === null || target === highest);
    const targets = new Set<Target>([target, ...(isHighest ? [null, highest] : [])]);
    return [...targets].flatMap(of => this._byKey.get(questionKey({ ...question, target: of })) ?? []);
  }

  /** The highest class of an output, as far as any stored run of the input tells. */
  private _highest({ input, output }: Question): number | null {
    const of = this.packed.runs.find(
      ({ about }) => about.target === null && about.input === input && about.output === output
    );
    return of?.facts.targets[0]?.index ?? null;
  }

  /** Names what differs from all that is stored. */
  private _whyNot(question: Question): Message {
    const has = (...names: (keyof Question)[]): boolean =>
      this.packed.runs.some(({ about }) => names.every(name => equal(about[name], question[name])));
    if (!has('input')) {
      return message('Nothing of this image was kept; it needs the model.');
    }
    if (!has('input', 'layer')) {
      return notLookedAt(question.layer);
    }
    return message(
      'It was not looked at together with the rest of what is chosen (layer, class, method) before the notebook was saved; that needs the model.'
    );
  }

  private async _run({ about, facts, map }: PackedRun): Promise<RunResult> {
    const { input, layer } = about;
    const outputs = this.packed.outputs.find(one => one.input === input)?.tensors ?? {};
    const planes = this.packed.planes.find(one => one.input === input && one.layer === layer);
    const { ending, inputSize, inputSlices, field, outputField, explainedInput, backend, notices, empty } = facts;
    return {
      outputs: await unpacked(outputs),
      output: facts.output,
      ending,
      ...(facts.areNumbers ? { areNumbers: true } : {}),
      targets: facts.targets.map(({ index, score }) => ({ index, score: Number(score) })),
      ...(facts.logits ? { logits: facts.logits.map(Number) } : {}),
      activations: {},
      gradients: {},
      maps: map ? { [layer]: await mapOf(map) } : {},
      planes: planes ? { [layer]: await planesOf(planes) } : {},
      inputSize,
      ...(inputSlices === undefined ? {} : { inputSlices }),
      ...(facts.areFrames ? { areFrames: true } : {}),
      fields: { [layer]: field },
      outputField,
      explainedInput,
      ...(facts.completeness
        ? { completeness: facts.completeness.map(sums => numbers(sums, ['attributed', 'difference'])) }
        : {}),
      backend,
      timings: { upload: 0, forward: 0, backward: 0, explain: 0 },
      notices,
      empty: empty ? { [layer]: empty } : {},
      fed: Object.fromEntries(
        Object.entries(facts.fed).map(([name, [low, high]]) => [name, [Number(low), Number(high)]])
      )
    };
  }

  private _byKey: ReadonlyMap<string, PackedRun>;
  private _guesses: ReadonlyMap<string, PackedGuess>;
}

/** The model as far as it can be looked at: the other layers cannot run, for want of it. */
function limited(model: ModelSummary, { runs }: PackedResults): ModelSummary {
  const kept = new Set(runs.map(({ about }) => about.layer));
  return {
    ...model,
    layers: model.layers.map(layer => ({ ...layer, unsupported: kept.has(layer.id) ? null : notLookedAt(layer.id) })),
    // Of a model whose units are seen, the first that were.
    defaultLayer: model.defaultLayer ?? runs[0]?.about.layer ?? null
  };
}

const notLookedAt = (layer: string): Message =>
  message('%1 was not looked at before the notebook was saved; it needs the model.', layer);

const numbers = <K extends string>(of: Record<K, PackedNumber>, names: readonly K[]): Record<K, number> =>
  Object.fromEntries(names.map(name => [name, Number(of[name])])) as Record<K, number>;

async function unpacked(tensors: Record<string, PackedTensor>): Promise<Record<string, TensorData>> {
  const found = await Promise.all(
    Object.entries(tensors).map(async ([name, tensor]) => [name, await unpackTensor(tensor)] as const)
  );
  return Object.fromEntries(found);
}

async function mapOf(packed: PackedTensor): Promise<TensorData> {
  const map = await unpackTensor(packed);
  if (map.shape.length !== 3 && map.shape.length !== 4) {
    throw new StoredError(message('a map has %1 axes', map.shape.length));
  }
  return map;
}

async function planesOf({ tensor, slices }: PackedPlanes): Promise<Planes> {
  const { shape, data } = await unpackTensor(tensor);
  const [channels, height, width] = shape;
  if (shape.length !== 3 || (slices !== undefined && (slices < 1 || height % slices !== 0))) {
    throw new StoredError(message('feature maps are not channels, rows and columns'));
  }
  return { channels, height, width, ...(slices === undefined ? {} : { slices }), data, ...described(data, channels) };
}

/** Smallest, largest and mean finite value of each channel, and of all. */
function described(data: Float32Array, channels: number): Pick<Planes, 'statistics' | 'min' | 'max'> {
  const size = data.length / channels;
  const statistics = new Float32Array(3 * channels);
  let [min, max] = [Infinity, -Infinity];
  for (let channel = 0; channel < channels; channel++) {
    let [low, high, sum, finite] = [Infinity, -Infinity, 0, 0];
    for (let at = channel * size; at < (channel + 1) * size; at++) {
      const value = data[at];
      if (value - value === 0) {
        low = value < low ? value : low;
        high = value > high ? value : high;
        sum += value;
        finite++;
      }
    }
    statistics.set(finite > 0 ? [low, high, sum / finite] : [0, 0, 0], 3 * channel);
    [min, max] = [Math.min(min, low), Math.max(max, high)];
  }
  return { statistics, min: min <= max ? min : 0, max: min <= max ? max : 0 };
}
