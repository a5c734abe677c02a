import type { ReceptiveField } from '../../graph/receptive-field';
import type { Job } from './job';

/** Places of the cells of all layers, on inputs of the size as fed. */
export function fieldsAsFed({ model, entry }: Job): ReadonlyMap<string, ReceptiveField> {
  const shapes = model.graph.inputs.map(({ node }): [string, number[]] => [node, entry.shapes.get(node) ?? []]);
  return model.fields(Object.fromEntries(shapes));
}
