/** Guided Grad-CAM, from the Grad-CAM maps of layers. */
import { guidedGradCam } from '../../explain/methods/guided-grad-cam';
import { placed, upsampleSlices } from '../../explain/upsample';
import { message } from '../../messages/message';
import { explainedInput } from '../input/input-space';
import { RefusalError } from '../protocol/errors';
import type { TensorData } from '../protocol/protocol';
import type { Walk } from './executor';
import { inputGradient } from './explain-input';
import { placeOf, stacked } from './explain-layer';
import { fieldsAsFed } from './fields-as-fed';
import type { Job } from './job';
import type { Scored } from './scoring/score';

/** Puts the maps (n, h, w) of the input's size in the place of the layers' own. */
export async function guideMaps(job: Job, scored: Scored, walk: Walk, maps: Record<string, TensorData>): Promise<void> {
  const input = explainedInput(job.model.graph, job.entry.shapes);
  const { size, samples } = input;
  job.params.maps.forEach(layer => requireSight(job, layer, input.node));
  const gradient = await inputGradient(job, scored, { ...walk, guided: true });
  const length = size.height * size.width * size.channels;
  for (const layer of job.params.maps) {
    const { shape, data } = maps[layer];
    const [rows, width] = shape.slice(-2);
    const slices = shape.length === 4 ? shape[1] : 1;
    const own = { height: slices * rows, width, ...(shape.length === 4 ? { slices } : {}) };
    const cells = own.height * width;
    const place = placeOf(job, layer, { ...own, channels: 1 }, input.node);
    const guided = Array.from({ length: samples }, (_, sample) => {
      const map = data.subarray(sample * cells, (sample + 1) * cells);
      const cam = place ? placed(map, own, size, place) : upsampleSlices(map, own, size, 'half-pixel');
      return guidedGradCam(cam, gradient.subarray(sample * length, (sample + 1) * length), size);
    });
    maps[layer] = stacked(guided, size);
  }
}

/** @throws RefusalError if the layer sees another input than the one that is explained. */
function requireSight(job: Job, layer: string, input: string): void {
  const name = job.model.graph.inputs.find(({ node }) => node === input)?.name ?? input;
  const field = fieldsAsFed(job).get(layer);
  if (field && !field.inputs.includes(name)) {
    throw new RefusalError(
      message(
        'Guided Grad-CAM joins a layer’s map with the gradient at the input %1, which the layer %2 does not see. Choose a layer behind that input, or Grad-CAM.',
        name,
        layer
      )
    );
  }
}
