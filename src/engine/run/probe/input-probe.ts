/** Runs a model on changed copies of one sample, for methods of many passes. Nothing of it is kept. */
import * as tf from '@tensorflow/tfjs-core';
import type { MapSize } from '../../../explain/method';
import type { ModelProbe } from '../../../explain/model-probe';
import type { ScoreKind, Target } from '../../../explain/names';
import { message, MessageError } from '../../../messages/message';
import { type ExplainedInput, fromPictures, toPictures } from '../../input/input-space';
import type { OpenModel } from '../../model/open-model';
import { type GradientRegion, gradientRegion, stepsFor } from '../../plan/region';
import { type ScorePoint } from '../../plan/score-points';
import type { ValueId } from '../../plan/step';
import { type Shapes, type Values } from '../../plan/step';
import { forwardKeeping, type Walk } from '../executor';
import type { Pacer } from '../pacer';
import { readGradients } from '../read-gradients';
import { type Scored, scoreOf } from '../scoring/score';

/**
 * Values of input that a batch holds at most, so that memory stays as for a few pictures of 224 x 224. Processor time
 * of a picture by the size of its batch was measured (bench/passes/batches.ts): a pass forward gains up to 4 pictures,
 * one with gradients up to 16 small ones, and neither beyond that.
 */
const BATCH_VALUES = 4 * 224 * 224 * 3;
const MOST_PICTURES = 16;

/** Copies of an input of this size that are run together. */
export const batchOf = ({ height, width, channels }: MapSize): number =>
  Math.min(Math.max(Math.floor(BATCH_VALUES / (height * width * channels)), 1), MOST_PICTURES);

export interface ProbeSetting {
  model: OpenModel;
  /** Of the request; the inputs that are not explained are taken from here. */
  values: Values;
  input: ExplainedInput;
  sample: number;
  point: ScorePoint;
  /** With the sample's own class in place of "the highest". */
  target: Target;
  kind: ScoreKind;
  pacer: Pacer;
  progress(done: number, total: number): void;
}

export interface Climbed {
  scores: Float64Array;
  /** Of each picture's own score with respect to it, in the layout of the pictures. */
  gradients: Float32Array;
  /** Values of which the score of one picture is made. */
  counted: number;
}

export class InputProbe implements ModelProbe {
  readonly batch: number;
  private walk: Walk;

  constructor(private setting: ProbeSetting) {
    this.batch = batchOf(setting.input.size);
    this.walk = { weights: setting.model.weights, pacer: setting.pacer, onStep: () => undefined };
  }

  progress(done: number, total: number): void {
    this.setting.progress(done, total);
  }

  async scores(pictures: Float32Array, count: number): Promise<Float64Array> {
    const { model, point } = this.setting;
    const plan = model.plan(new Set([point.at]));
    return this.run(pictures, count, plan, null, async ({ targets }) =>
      Float64Array.from(targets, ({ score }) => score)
    );
  }

  async gradients(pictures: Float32Array, count: number): Promise<Float32Array> {
    return (await this.climb(pictures, count)).gradients;
  }

  /** Scores and gradients of one pass. */
  async climb(pictures: Float32Array, count: number): Promise<Climbed> {
    const { model, point, input } = this.setting;
    const plan = model.plan(new Set([point.at]));
    const region = gradientRegion(plan, [input.node], point.at);
    return this.run(pictures, count, plan, region, async ({ seed, targets }, values, shapes) => {
      const gradients = await readGradients(
        region,
        values,
        shapes,
        { at: point.at, gradient: seed },
        new Set([input.node]),
        this.walk
      );
      return {
        scores: Float64Array.from(targets, ({ score }) => score),
        gradients: toPictures(gradients.get(input.node) ?? new Float32Array(pictures.length), input),
        counted: seed.reduce((sum, weight) => sum + Number(weight !== 0), 0) / count
      };
    });
  }

  private async run<T>(
    pictures: Float32Array,
    count: number,
    plan: ReturnType<OpenModel['plan']>,
    region: GradientRegion | null,
    read: (scored: Scored, values: Values, shapes: Shapes) => Promise<T>
  ): Promise<T> {
    const { point, target, kind } = this.setting;
    const values = this.inputs(pictures, count);
    const shapes: Shapes = new Map([...values].map(([id, tensor]) => [id, tensor.shape]));
    try {
      const needed = new Set<ValueId>([point.at, ...(region?.saved ?? [])]);
      const steps = stepsFor(plan, needed, new Set(values.keys()));
      await forwardKeeping(needed, steps, values, shapes, this.walk);
      const score = values.get(point.at);
      if (!score) {
        throw new MessageError(message('the score was not computed at %1', point.at));
      }
      const scored = scoreOf(new Float32Array(await score.data<'float32'>()), score.shape, target, kind, point.ending);
      return await read(scored, values, shapes);
    } finally {
      values.forEach(tensor => tensor.dispose());
    }
  }

  /** The changed pictures, and of the other inputs the sample's own values as often. */
  private inputs(pictures: Float32Array, count: number): Values {
    const { model, values, input, sample } = this.setting;
    const made: Values = new Map();
    for (const { node } of model.graph.inputs) {
      const whole = values.get(node);
      if (node === input.node) {
        made.set(node, tf.tensor(fromPictures(pictures, input), [count, ...input.shape.slice(1)], 'float32'));
      } else if (whole) {
        const indices = new Array<number>(count).fill(sample);
        made.set(
          node,
          tf.tidy(() => tf.gather(whole, tf.tensor1d(indices, 'int32')))
        );
      }
    }
    return made;
  }
}
