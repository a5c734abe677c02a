/** Maps of the input, whatever layer is looked at. */
import { guidedBackprop } from '../../explain/methods/guided-backprop';
import { inputXGradient } from '../../explain/methods/input-x-gradient';
import { integratedGradients } from '../../explain/methods/integrated-gradients';
import { occlusion } from '../../explain/methods/occlusion';
import { saliency } from '../../explain/methods/saliency';
import { smoothGrad } from '../../explain/methods/smooth-grad';
import type { InputMethodName } from '../../explain/names';
import { type Message, message } from '../../messages/message';
import { explainedInput, toPictures } from '../input/input-space';
import type { RunResult, TensorData } from '../protocol/protocol';
import type { Walk } from './executor';
import { pictureOf, probeOf, stacked } from './explain-layer';
import type { Job } from './job';
import type { Pacer } from './pacer';
import { readGradients } from './read-gradients';
import type { Scored } from './scoring/score';

interface InputExplanation {
  map: TensorData;
  completeness?: RunResult['completeness'];
}

/** The map (n, h, w) of the input's size. Reports progress and can be cancelled pass by pass. */
export async function explainInput(
  job: Job,
  method: Exclude<InputMethodName, 'guided-grad-cam'>,
  scored: Scored,
  pacer: Pacer,
  walk: Walk
): Promise<InputExplanation> {
  const { samples, size } = explainedInput(job.model.graph, job.entry.shapes);
  const length = size.height * size.width * size.channels;
  const gradient = job.inputRegion
    ? await inputGradient(job, scored, { ...walk, guided: method === 'guided-backprop' })
    : new Float32Array();
  const { settings } = job.params;
  const completeness: NonNullable<RunResult['completeness']> = [];
  const maps: Float32Array[] = [];
  for (let sample = 0; sample < samples; sample++) {
    const picture = await pictureOf(job, sample);
    const g = gradient.subarray(sample * length, (sample + 1) * length);
    const probe = () => probeOf(job, sample, scored, pacer);
    switch (method) {
      case 'saliency':
        maps.push(saliency(g, size));
        break;
      case 'guided-backprop':
        maps.push(guidedBackprop(g, size));
        break;
      case 'input-x-gradient':
        maps.push(inputXGradient(picture, g, size));
        break;
      case 'smooth-grad':
        maps.push(await smoothGrad(picture, size, await probe(), settings));
        break;
      case 'occlusion':
        maps.push(
          await occlusion(picture, size, await probe(), settings, soFar =>
            job.params.maps.forEach(layer => job.soFar?.(layer, () => stacked([soFar()], size)))
          )
        );
        break;
      case 'integrated-gradients': {
        const { map, ...sums } = await integratedGradients(picture, size, await probe(), settings);
        maps.push(map);
        completeness.push(sums);
      }
    }
  }
  maps.forEach((map, i) => {
    if (!map.some(value => value !== 0)) {
      job.notices.push(
        samples > 1
          ? message('Nothing in the input of image %1 moves this score: the map is zero.', i + 1)
          : message('Nothing in the input moves this score: the map is zero.')
      );
    }
  });
  completeness.forEach(sums => job.notices.push(completenessNotice(sums)));
  return { map: stacked(maps, size), ...(completeness.length > 0 ? { completeness } : {}) };
}

/** "… completeness error 0.2 %": how far the map's sum is from what it should be. */
function completenessNotice({ attributed, difference }: { attributed: number; difference: number }): Message {
  const error = Math.abs(attributed - difference) / Math.max(Math.abs(difference), 1e-12);
  return message(
    'Integrated gradients add up to %1; the score differs from the baseline’s by %2 (completeness error %3 %%).',
    attributed.toPrecision(4),
    difference.toPrecision(4),
    (100 * error).toPrecision(2)
  );
}

/** The gradient at the input, channels last; zeros where the score does not depend on it. */
export async function inputGradient(
  { inputRegion, inputTap, score, entry, model }: Job,
  scored: Scored,
  walk: Walk
): Promise<Float32Array> {
  const input = explainedInput(model.graph, entry.shapes);
  const zeros = () => new Float32Array(input.shape.reduce((a, b) => a * b, 1));
  if (!inputRegion || inputTap === null || !score) {
    return zeros();
  }
  const seed = { at: score.at, gradient: scored.seed };
  const gradients = await readGradients(inputRegion, entry.values, entry.shapes, seed, new Set([inputTap]), walk);
  return toPictures(gradients.get(inputTap) ?? zeros(), input);
}
