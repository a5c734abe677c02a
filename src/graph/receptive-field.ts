/**
 * Theoretical receptive fields: which pixels of the input a cell of a layer can
 * see. Araujo, Norris and Sim, "Computing Receptive Fields of Convolutional
 * Neural Networks", Distill 2019, https://distill.pub/2019/computing-receptive-fields.
 */
import { layerClass } from './classes';
import { type AxisField, pointwise } from './classes/layer-class';
import { type ModelGraph, type Shape, sourcesOf } from './model-graph';

export type { AxisField } from './classes/layer-class';

/** Rows, then columns. */
export type ReceptiveField = [rows: AxisField, columns: AxisField];

/** The smallest field that holds several: null where cells lie apart by different steps. */
function union(fields: readonly AxisField[]): AxisField | null {
  const { jump } = fields[0];
  const low = Math.min(...fields.map(({ start, size }) => start - size / 2));
  const high = Math.max(...fields.map(({ start, size }) => start + size / 2));
  return fields.every(field => Math.abs(field.jump - jump) < 1e-9)
    ? { jump, size: high - low, start: (low + high) / 2 }
    : null;
}

/**
 * The receptive field of every layer whose cells see a bounded part of the
 * image. Layers that see all of it (after global pooling, say), or whose fields
 * are not known here, are missing.
 */
export function receptiveFields(graph: ModelGraph): Map<string, ReceptiveField> {
  const fields = new Map<string, ReceptiveField>();
  const shapes = new Map<string, Shape>(graph.nodes.map(node => [node.id, node.outputShape]));
  const constants = new Set(graph.nodes.filter(node => node.op === 'Constant').map(node => node.id));
  const sizes = (shape: Shape = []): string => shape.slice(1, 3).join();
  for (const node of graph.nodes) {
    if (node.attributes.data_format === 'channels_first') {
      continue;
    }
    if (node.op === 'InputLayer' && node.outputShape.length === 4) {
      fields.set(node.id, [
        { jump: 1, size: 1, start: 0.5 },
        { jump: 1, size: 1, start: 0.5 }
      ]);
      continue;
    }
    const rule = layerClass(node.op)?.field;
    const sources = sourcesOf(node).filter(source => !constants.has(source));
    const inputs = sources.map(source => fields.get(source));
    if (!rule || inputs.length === 0 || inputs.some(field => field === undefined)) {
      continue;
    }
    // Cells that broadcasting made see what the one cell saw, wherever they lie.
    const isSpread = (source: string): boolean => sizes(shapes.get(source)) !== sizes(node.outputShape);
    if (rule === pointwise && sources.some(isSpread)) {
      continue;
    }
    const [rows, columns] = ([0, 1] as const).map(axis => {
      const merged = union(inputs.flatMap(field => (field ? [field[axis]] : [])));
      return merged && rule(merged, node.attributes, axis, shapes.get(sources[0])?.[axis + 1] ?? null);
    });
    if (rows && columns) {
      fields.set(node.id, [rows, columns]);
    }
  }
  return fields;
}
