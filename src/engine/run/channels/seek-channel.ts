/** What a channel or a class looks for: pictures that grow from noise, several at once. */
import { Ascent, type InputRange } from '../../../explain/channels/ascent';
import { extremes } from '../../../explain/extremes';
import { targetOfClass } from '../../../explain/target-of-class';
import { message } from '../../../messages/message';
import { type ExplainedInput, explainedInput, toPictures } from '../../input/input-space';
import { preprocessPixels } from '../../input/preprocess';
import type { OpenModel } from '../../model/open-model';
import type { ScorePoint } from '../../plan/score-points';
import type { ValueId } from '../../plan/step';
import type { AscentFindings, AscentParams } from '../../protocol/ascent';
import { RefusalError } from '../../protocol/errors';
import type { EngineInput, RunParams, RunResult } from '../../protocol/protocol';
import type { RunServices } from '../job';
import { Pacer } from '../pacer';
import { type Climbed, InputProbe } from '../probe/input-probe';
import { readTensor } from '../read-tensors';
import { runRequest } from '../run-request';
import { isUnits } from '../scoring/score';
import { scorePoint } from '../scoring/score-point';

/** Milliseconds from one look at the pictures to the next. */
const INTERVAL = 300;

/** The run that is asked for, and the pictures that its target looks for. */
export async function seekChannel(
  model: OpenModel,
  params: RunParams,
  asked: AscentParams,
  services: RunServices
): Promise<RunResult> {
  requireSettings(asked);
  const { point, isBeforeActivation } = pointOf(model, params);
  const result = await runRequest(model, { ...params, maps: [] }, services);
  const { values, shapes } = services.cache.entry(params.model, params.inputKey);
  const input = explainedInput(model.graph, shapes);
  requirePicture(input);
  const { height, width, channels } = input.size;
  const length = height * width * channels;
  const given = toPictures((await readTensor(input.node, values)).data.slice(0, length), input);
  const range = rangeOf(model, params, input, given);
  const progress = (done: number): void => services.onProgress({ phase: 'grow', done, total: asked.steps });
  progress(0);
  const probe = new InputProbe({
    model,
    values,
    input,
    sample: 0,
    point,
    target: targetOfClass(params.target, result.targets[0]?.index ?? null),
    kind: params.score,
    pacer: new Pacer(services.cancel),
    progress: () => undefined
  });
  const count = asked.seeds.length;
  const ascents = asked.seeds.map(seed => new Ascent(input.size, range, asked, seed));
  const scores = new Float64Array(count * (asked.steps + 1)).fill(NaN);
  // Of a channel the mean over its cells, which means the same on inputs of every size.
  const climb = async (pictures: Float32Array, of: number): Promise<Climbed> => {
    const { scores, counted, ...rest } = await probe.climb(pictures, of);
    return { ...rest, counted, scores: isUnits(params.target) ? scores.map(score => score / counted) : scores };
  };
  const atStart = (await climb(given, 1)).scores[0];
  const found = (done: number): AscentFindings => ({
    asked,
    done,
    pictures: {
      shape: [count, height, width, channels],
      data: joined(
        ascents.map(one => one.picture()),
        length
      )
    },
    range,
    scores: scores.slice(),
    given: atStart,
    isBeforeActivation
  });
  let isFlat = true;
  let last = -Infinity;
  for (let step = 0; step < asked.steps; step++) {
    for (let from = 0; from < count; from += probe.batch) {
      const some = ascents.slice(from, from + probe.batch);
      const climbed = await climb(
        joined(
          some.map(one => one.rolled()),
          length
        ),
        some.length
      );
      some.forEach((one, i) => {
        scores[(from + i) * (asked.steps + 1) + step] = climbed.scores[i];
        isFlat = !one.step(climbed.gradients.subarray(i * length, (i + 1) * length)) && isFlat;
      });
    }
    progress(step + 1);
    if (services.onPartial && performance.now() - last >= INTERVAL) {
      services.onPartial({ ...(last === -Infinity ? result : { maps: {} }), ascent: found(step + 1) });
      last = performance.now();
    }
  }
  for (const [i, one] of ascents.entries()) {
    scores[i * (asked.steps + 1) + asked.steps] = (await climb(one.picture(), 1)).scores[0];
  }
  const notices = isFlat
    ? [message('No change of the picture moves this score: what is drawn is the noise it began with.')]
    : [];
  return { ...result, notices: [...result.notices, ...notices], ascent: found(asked.steps) };
}

function joined(pictures: readonly Float32Array[], length: number): Float32Array {
  const all = new Float32Array(pictures.length * length);
  pictures.forEach((one, i) => all.set(one, i * length));
  return all;
}

/** Where the score is read: of a channel before its activation, whose gradient is 0 wherever it is silent. */
function pointOf(model: OpenModel, params: RunParams): { point: ScorePoint; isBeforeActivation: boolean } {
  const point = scorePoint(model, params, true);
  if (!point) {
    throw new RefusalError(message('There is no score that a picture could make large.'));
  }
  if (!isUnits(params.target)) {
    return { point, isBeforeActivation: false };
  }
  const at = beforeActivation(model, point.at);
  return { point: { ...point, at }, isBeforeActivation: at !== point.at };
}

function beforeActivation({ steps }: OpenModel, layer: ValueId): ValueId {
  const byId = new Map(steps.map(step => [step.id, step]));
  let at = byId.get(layer);
  while (at?.op === 'identity' && 'value' in at.inputs[0]) {
    at = byId.get(at.inputs[0].value);
  }
  const before = at?.op === 'activation' ? at.inputs[0] : null;
  return before && 'value' in before ? before.value : layer;
}

/** The values that a black and a white picture are fed as; of a tensor, those that it has. */
function rangeOf(
  model: OpenModel,
  { inputs }: RunParams,
  { node, size }: ExplainedInput,
  given: Float32Array
): InputRange {
  const { channels } = size;
  const name = model.graph.inputs.find(one => one.node === node)?.name ?? node;
  const source: EngineInput | undefined = inputs[name] ?? inputs[node] ?? inputs[''];
  if (source?.kind === 'picture') {
    const fedAs = (value: number): number[] => {
      const pixel = { height: 1, width: 1, channels, data: new Float32Array(channels).fill(value) };
      return [...preprocessPixels(pixel, source.preprocess).data];
    };
    return { low: fedAs(0), high: fedAs(255) };
  }
  const [low, high] = extremes(given);
  if (!(high > low)) {
    throw new RefusalError(
      message(
        'The input has the same value everywhere, so the range of values that a picture may take is not known. Choose another image.'
      )
    );
  }
  return { low: new Array<number>(channels).fill(low), high: new Array<number>(channels).fill(high) };
}

function requirePicture({ shape, size }: ExplainedInput): void {
  if (shape.length !== 4 || size.slices !== undefined) {
    throw new RefusalError(
      message(
        'Only pictures can grow here, and the input of this model has the shape (%1).',
        ['n', ...shape.slice(1)].join(', ')
      )
    );
  }
}

function requireSettings({ seeds, steps, rate, jitter, tv, l2, blurEvery, blurSigma }: AscentParams): void {
  const whole = [steps, jitter, blurEvery, ...seeds].every(value => Number.isInteger(value) && value >= 0);
  const real = [rate, tv, l2, blurSigma].every(value => Number.isFinite(value) && value >= 0);
  if (!whole || !real || steps === 0 || rate === 0 || seeds.length === 0) {
    throw new RefusalError(
      message(
        'Steps and rate must be above 0, the other settings 0 or more; steps, jitter, seeds and the steps between two blurs whole numbers.'
      )
    );
  }
}
