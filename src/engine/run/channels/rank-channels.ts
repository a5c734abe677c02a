/** The score with each channel of a layer off: what lies before the layer is computed once. */
import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { ScoreKind, Target } from '../../../explain/names';
import { targetOfClass } from '../../../explain/target-of-class';
import { message, MessageError } from '../../../messages/message';
import { explainedInput } from '../../input/input-space';
import type { OpenModel } from '../../model/open-model';
import { requireChannels } from '../../model/switched-off';
import { channelMask, withChannelsOff } from '../../ops/elementwise/switch-off';
import { gradientRegion, stepsFor } from '../../plan/region';
import type { ScorePoint } from '../../plan/score-points';
import { type Shapes, type Step, type ValueId, valueInputs, type Values } from '../../plan/step';
import type { ChannelRanking, RankingFindings } from '../../protocol/channels';
import { EngineError, RefusalError } from '../../protocol/errors';
import type { RunParams, RunResult } from '../../protocol/protocol';
import { forwardKeeping, type Walk } from '../executor';
import type { RunServices } from '../job';
import { Pacer } from '../pacer';
import { batchOf } from '../probe/input-probe';
import { runRequest } from '../run-request';
import { scoreOf } from '../scoring/score';
import { scorePoint } from '../scoring/score-point';

/** Of a score beside another sample and alone, relative to the score itself, or to 1. */
const TOLERANCE = 1e-5;

/** The run that is asked for, and the effects of the layer's channels on the score of its first sample. */
export async function rankChannels(
  model: OpenModel,
  params: RunParams,
  ranking: ChannelRanking,
  services: RunServices
): Promise<RunResult> {
  requireChannels(model, ranking.layer, [], ranking.by);
  const point = scorePoint(model, params, true);
  if (!point) {
    throw new RefusalError(message('There is no score for channels to have an effect on.'));
  }
  const result = await runRequest(model, params, services);
  const { values, shapes } = services.cache.entry(params.model, params.inputKey);
  const walk: Walk = { weights: model.weights, pacer: new Pacer(services.cancel), onStep: () => undefined };
  const target = targetOfClass(params.target, result.targets[0]?.index ?? null);
  const behind = await frontier(model, ranking.layer, point, values, shapes, walk);
  try {
    const size = explainedInput(model.graph, shapes).size;
    const progress = (done: number, total: number): void => services.onProgress({ phase: 'rank', done, total });
    const asked: Asked = { kind: params.score, inputSize: result.inputSize, ranking, point, behind, walk, progress };
    const scored = await effects(asked, target, batchOf(size));
    return { ...result, ranking: { ...ranking, ...scored } };
  } finally {
    behind.values.forEach(tensor => tensor.dispose());
  }
}

/** What lies behind a layer, for the first sample: the steps from it to the score, and what else they read. */
interface Behind {
  steps: Step[];
  values: Values;
  /** Those of the values that depend on the input, of which a batch has copies. */
  varying: ReadonlySet<ValueId>;
}

async function frontier(
  model: OpenModel,
  layer: ValueId,
  point: ScorePoint,
  known: Values,
  shapes: Shapes,
  walk: Walk
): Promise<Behind> {
  const plan = model.plan(new Set([layer, point.at]));
  const { steps: behind, active: isBehind } = gradientRegion(plan, [layer], point.at);
  if (!isBehind.has(point.at)) {
    throw new RefusalError(
      message('The score explained does not depend on the layer %1: no channel of it has an effect.', layer)
    );
  }
  const read = new Set([layer, ...behind.flatMap(valueInputs).filter(id => !isBehind.has(id))]);
  const values: Values = new Map();
  for (const { node } of model.graph.inputs) {
    const input = known.get(node);
    if (input) {
      values.set(node, firstOf(input));
    }
  }
  try {
    const before = stepsFor(plan, read, new Set(values.keys()));
    await forwardKeeping(read, before, values, new Map(shapes), walk);
    for (const id of [...values.keys()].filter(id => !read.has(id))) {
      values.get(id)?.dispose();
      values.delete(id);
    }
  } catch (error) {
    values.forEach(tensor => tensor.dispose());
    throw error;
  }
  const inputs = model.graph.inputs.map(({ node }) => node);
  return { steps: behind, values, varying: gradientRegion(plan, inputs, point.at).active };
}

const firstOf = (tensor: Tensor): Tensor =>
  tensor.shape[0] === 1 ? tensor.clone() : tf.slice(tensor, 0, [1, ...tensor.shape.slice(1)]);

interface Asked {
  kind: ScoreKind;
  inputSize: RunResult['inputSize'];
  ranking: ChannelRanking;
  point: ScorePoint;
  behind: Behind;
  walk: Walk;
  progress(done: number, total: number): void;
}

async function effects(asked: Asked, of: Target, most: number): Promise<Pick<RankingFindings, 'score' | 'scores'>> {
  const { ranking, behind, progress } = asked;
  const whole = behind.values.get(ranking.layer);
  if (!whole) {
    throw new MessageError(message('the layer %1 was not computed', ranking.layer));
  }
  const channels = whole.shape[whole.shape.length - 1];
  progress(0, channels);
  const withOff = (off: number[][], target: Target): Promise<OneScore[]> =>
    scoresOf(asked, () => without(whole, off, ranking.by), off.length, target);
  const [alone] = await withOff([[]], of);
  // Also of what is made of scores, as the pixels where a class is predicted.
  const target = alone.subject;
  const batch = most > 1 && (await takesApart(asked, whole, target, alone.score)) ? most : 1;
  const scores = new Float64Array(channels);
  for (let from = 0; from < channels; from += batch) {
    const off = Array.from({ length: Math.min(batch, channels - from) }, (_, i) => [from + i]);
    const found = await withOff(off, target);
    found.forEach(({ score }, i) => (scores[from + i] = score));
    progress(from + found.length, channels);
  }
  return { score: alone.score, scores };
}

/** True if a very different companion leaves a sample its score: an operator may take the largest value of all samples. */
async function takesApart(asked: Asked, whole: Tensor, target: Target, score: number): Promise<boolean> {
  try {
    const both = (): Tensor => tf.concat([whole, tf.sub(5, tf.mul(3, whole))]);
    const [beside] = await scoresOf(asked, both, 2, target);
    return Object.is(beside.score, score) || Math.abs(beside.score - score) <= TOLERANCE * Math.max(Math.abs(score), 1);
  } catch (error) {
    // What cannot take two samples may take one.
    if (error instanceof EngineError) {
      return false;
    }
    throw error;
  }
}

interface OneScore {
  score: number;
  /** The target with what it turned out to be. */
  subject: Target;
}

/** The scores of `count` samples that differ in the layer's values, which `make` makes. */
async function scoresOf(
  { kind, inputSize, ranking, point, behind, walk }: Asked,
  make: () => Tensor,
  count: number,
  target: Target
): Promise<OneScore[]> {
  const values: Values = new Map();
  try {
    for (const [id, tensor] of behind.values) {
      const isCopied = behind.varying.has(id) && count > 1;
      values.set(
        id,
        id === ranking.layer
          ? tf.tidy(make)
          : isCopied
            ? tf.tile(tensor, [count, ...tensor.shape.slice(1).map(() => 1)])
            : tensor.clone()
      );
    }
    const shapes: Shapes = new Map([...values].map(([id, tensor]) => [id, tensor.shape]));
    await forwardKeeping(new Set([point.at]), behind.steps, values, shapes, walk);
    const score = values.get(point.at);
    if (score?.shape[0] !== count) {
      throw new RefusalError(message('The model gives another number of outputs than it has inputs.'));
    }
    const data = new Float32Array(await score.data<'float32'>());
    const { targets, subjects } = scoreOf(data, score.shape, target, kind, point.ending, inputSize);
    return targets.map((one, i) => ({ score: one.score, subject: subjects[i] }));
  } finally {
    values.forEach(tensor => tensor.dispose());
  }
}

/** (1, …, channels) to (count, …, channels), each with its own channels off. */
function without(whole: Tensor, off: number[][], by: ChannelRanking['by']): Tensor {
  const channels = whole.shape[whole.shape.length - 1];
  const rows = tf.tile(tf.reshape(whole, [1, whole.size / channels, channels]), [off.length, 1, 1]);
  return tf.reshape(withChannelsOff(rows, channelMask(off, channels), by), [off.length, ...whole.shape.slice(1)]);
}
