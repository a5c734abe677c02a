import type { ModelSummary } from '../graph/layer-info';
import type { Message } from '../messages/message';
import {
  type PackedGuess,
  type PackedOutputs,
  type PackedPlanes,
  type PackedRun,
  packNumber,
  type RunFacts
} from './packed-results';
import type { NamedGuess } from './predictions';
import { questionIn, type Result } from './result';
import { type PackedTensor, type PackedText, packTensor, packText, type Precision } from './tensors/packed-tensor';

/** Scores are stored bit for bit up to so many values; a segmentation has more. */
const MOST_EXACT = 1 << 14;

/** A result, divided into what is its own and what it shares with others. */
export interface PackedResult {
  run: PackedRun;
  outputs: PackedOutputs;
  /** Null for a layer of which there are none. */
  planes: PackedPlanes | null;
}

/** The precision of each part. */
export interface Precisions {
  map: Precision;
  planes: Precision;
}

/** As notebooks keep results: see docs/payload.md for what that loses. */
const KEPT: Precisions = { map: 'float16', planes: 'uint8' };

/** Bit for bit, as Python is told of results. */
export const EXACT: Precisions = { map: 'float32', planes: 'float32' };

export async function packResult(result: Result, precisions: Precisions = KEPT): Promise<PackedResult> {
  const { about, run, parts } = result;
  const { input } = about;
  const map = run.maps[about.layer];
  const planes = run.planes[about.layer];
  const outputs: Record<string, PackedTensor> = {};
  for (const [name, output] of Object.entries(run.outputs)) {
    outputs[name] = await packTensor(output, output.data.length <= MOST_EXACT ? 'float32' : precisions.map);
  }
  return {
    run: {
      about: questionIn(about),
      facts: factsOf(result),
      ...(map ? { map: await packTensor(map, precisions.map) } : {}),
      ...(parts && planes ? { parts: await packTensor({ shape: shapeOf(planes), data: parts }, precisions.map) } : {})
    },
    outputs: { input, tensors: outputs },
    planes: planes
      ? {
          input,
          layer: about.layer,
          ...(planes.slices === undefined ? {} : { slices: planes.slices }),
          tensor: await packTensor({ shape: shapeOf(planes), data: planes.data }, precisions.planes)
        }
      : null
  };
}

/** The layers and their geometry; what the file was called by is known where it is read. */
export const packSummary = (model: ModelSummary): Promise<PackedText> => packText(JSON.stringify(model));

const shapeOf = ({ channels, height, width }: { channels: number; height: number; width: number }): number[] => [
  channels,
  height,
  width
];

/** What cannot be predicted now may be another time: only predictions are stored. */
export const packGuesses = (named: readonly NamedGuess[]): PackedGuess[] =>
  named.flatMap(({ input, guess: { tops } }) => {
    if (!tops) {
      return [];
    }
    const entries = Object.entries(tops);
    const numbers = entries.flatMap(([name, { all }]) => (all ? [[name, all.map(packNumber)] as const] : []));
    return {
      input,
      tops: Object.fromEntries(entries.map(([name, { index, score }]) => [name, [index, packNumber(score)]])),
      ...(numbers.length > 0 ? { numbers: Object.fromEntries(numbers) } : {})
    };
  });

function factsOf({ about, run }: Result): RunFacts {
  const { output, ending, logits, targets, inputSize, inputSlices, fields, outputField, explainedInput, backend } = run;
  const { completeness, notices, empty, fed } = run;
  return {
    output,
    ending,
    ...(run.areNumbers ? { areNumbers: true } : {}),
    targets: targets.map(({ index, score }) => ({ index, score: packNumber(score) })),
    ...(logits ? { logits: logits.map(packNumber) } : {}),
    inputSize,
    ...(inputSlices === undefined ? {} : { inputSlices }),
    ...(run.areFrames ? { areFrames: true } : {}),
    field: fields[about.layer] ?? null,
    outputField,
    explainedInput,
    ...(completeness
      ? {
          completeness: completeness.map(({ attributed, difference }) => ({
            attributed: packNumber(attributed),
            difference: packNumber(difference)
          }))
        }
      : {}),
    backend,
    notices: notices as Message[],
    ...(about.layer in empty ? { empty: empty[about.layer] } : {}),
    fed: Object.fromEntries(
      Object.entries(fed).map(([name, [low, high]]) => [name, [packNumber(low), packNumber(high)]])
    )
  };
}
