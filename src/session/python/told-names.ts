import { equal } from '../../state/defaults';
import type { ModelController } from '../model/model-controller';
import { wholeRun } from '../model/slices';

/** What a view's properties can name, so that Python refuses what there is not when it is set. */
export interface ToldNames {
  model: string;
  layers: readonly string[];
  /** How many classes each output has, by its name; null where it is no list of classes. */
  outputs: Readonly<Record<string, number | null>>;
  /** How many channels the layer shown has, and how many slices the picture; null while that is not known. */
  channels: number | null;
  slices: number | null;
}

/** @param before - Returned where nothing has changed. */
export function toldNames(controller: ModelController, before: ToldNames | null): ToldNames | null {
  const { model, explained, layer } = controller.snapshot;
  if (!model) {
    return null;
  }
  const run = explained && wholeRun(explained);
  const names: ToldNames = {
    model: controller.payload.model.name,
    layers: model.layers.map(({ id }) => id),
    outputs: Object.fromEntries(model.outputs.map(({ name, shape }) => [name, classesOf(shape)])),
    channels: (explained?.layer === layer?.id && run && layer && run.planes[layer.id]?.channels) || null,
    slices: run && (run.inputSlices ?? 1)
  };
  return equal(names, before) ? before : names;
}

/** One number is a class and its complement, or what raises and lowers it. */
function classesOf(shape: readonly (number | null)[]): number | null {
  const count = shape.length === 2 ? shape[1] : null;
  return count === 1 ? 2 : count;
}
