/**
 * Theoretical receptive fields: which pixels of the input a cell of a layer can
 * see. Araujo, Norris and Sim, "Computing Receptive Fields of Convolutional
 * Neural Networks", Distill 2019, https://distill.pub/2019/computing-receptive-fields.
 */
import { layerClass } from './classes';
import { type AxisField, pointwise } from './classes/layer-class';
import { type GraphNode, type ModelGraph, type Shape, sourcesOf } from './model-graph';
import { tokenField } from './token-field';
import { tokenGrids } from './token-grid';

export type { AxisField } from './classes/layer-class';

/** Position and receptive field of a layer's cells on an input. */
export interface ReceptiveField {
  /** By spatial axis: rows and columns; of a volume slices before them; of a signal columns alone. */
  axes: AxisField[];
  /** Sizes of the input along them; null where only known at run time. */
  input: (number | null)[];
  /** Names of the inputs of this size that the cells lie on. */
  inputs: string[];
  /** The cells take part in something that sees all of the input, such as a gate behind global pooling. */
  seesAll: boolean;
  /** Branches that met look at places more than a cell apart: the cells lie at none of them. */
  isApart: boolean;
}

/** The smallest field that holds several: null where cells lie apart by different steps. */
function union(fields: readonly AxisField[]): AxisField | null {
  const { jump } = fields[0];
  const low = Math.min(...fields.map(({ start, size }) => start - size / 2));
  const high = Math.max(...fields.map(({ start, size }) => start + size / 2));
  return fields.every(field => Math.abs(field.jump - jump) < 1e-9)
    ? { jump, size: high - low, start: (low + high) / 2 }
    : null;
}

function areApart(fields: readonly AxisField[]): boolean {
  const starts = fields.map(({ start }) => start);
  return Math.max(...starts) - Math.min(...starts) > fields[0].jump + 1e-9;
}

/** Between the samples and the channels. */
const spatial = (shape: Shape): Shape => shape.slice(1, -1);

/**
 * The receptive field of every node whose cells lie on an input's at equal
 * steps. Nodes of which that is not so, or not known here, are missing.
 *
 * @param shapes - Of all nodes, where some are only known at run time.
 */
export function receptiveFields(
  graph: ModelGraph,
  shapes: ReadonlyMap<string, Shape> = new Map(graph.nodes.map(node => [node.id, node.outputShape]))
): Map<string, ReceptiveField> {
  const fields = new Map<string, ReceptiveField>();
  const names = new Map(graph.inputs.map(({ node, name }) => [node, name]));
  const grids = tokenGrids(graph);
  const constants = new Set(graph.nodes.filter(node => node.op === 'Constant').map(node => node.id));
  for (const node of graph.nodes) {
    const shape = shapes.get(node.id) ?? [];
    if (shape.length < 3 || shape.length > 5 || node.attributes.data_format === 'channels_first') {
      continue;
    }
    const input = spatial(shape);
    const sources = sourcesOf(node)
      .filter(source => !constants.has(source))
      .map(source => {
        const of = shapes.get(source) ?? [];
        return { shape: of, sizes: spatial(of), field: fields.get(source), grid: grids.get(source) };
      });
    const grid = grids.get(node.id);
    const field = grid
      ? tokenField(node, shape, grid, sources)
      : node.op === 'InputLayer'
        ? {
            axes: input.map(() => ({ jump: 1, size: 1, start: 0.5 })),
            input,
            inputs: [names.get(node.id) ?? node.id],
            seesAll: false,
            isApart: false
          }
        : node.op === 'op:merge_steps'
          ? onEachStep(sources[0]?.field)
          : node.op === 'op:split_steps'
            ? overSteps(sources[0]?.field, sources[1]?.field)
            : fieldOf(node, input, sources);
    if (field) {
      fields.set(node.id, field);
    }
  }
  return fields;
}

/** Of a video's frames taken for samples: the place in a frame. */
const onEachStep = (field: ReceptiveField | undefined): ReceptiveField | null =>
  field && field.axes.length > 1 ? { ...field, axes: field.axes.slice(1), input: field.input.slice(1) } : null;

/** Of what was made of each frame: the place in the frame, and the frame, as what was taken apart has it. */
function overSteps(each: ReceptiveField | undefined, like: ReceptiveField | undefined): ReceptiveField | null {
  const isOfFrames = each && like && String(like.input.slice(1)) === String(each.input);
  return isOfFrames
    ? {
        axes: [like.axes[0], ...each.axes],
        input: like.input,
        inputs: [...new Set([...each.inputs, ...like.inputs])],
        seesAll: each.seesAll || like.seesAll,
        isApart: each.isApart || like.isApart
      }
    : null;
}

interface Source {
  sizes: Shape;
  field: ReceptiveField | undefined;
}

function fieldOf(node: GraphNode, sizes: Shape, sources: readonly Source[]): ReceptiveField | null {
  const rule = layerClass(node.op)?.field;
  const known = sources.flatMap(({ field }) => field ?? []);
  const [first] = known;
  // Inputs of one size are taken for one picture.
  if (!rule || !first || known.some(({ input }) => String(input) !== String(first.input))) {
    return null;
  }
  const axes = sizes.map((size, axis) => {
    const laid = rule === pointwise ? laidAlong(axis, size, sizes.length, sources) : sources.map(({ field }) => field);
    const fields = laid?.flatMap(field => field?.axes[axis] ?? []) ?? [];
    const merged = laid && fields.length > 0 && fields.length === laid.length ? union(fields) : null;
    const field = merged && rule(merged, node.attributes, axis, sources[0].sizes);
    return field && laid && { field, isSpread: laid.length < sources.length, isApart: areApart(fields) };
  });
  const found = axes.flatMap(axis => axis ?? []);
  return found.length < sizes.length
    ? null
    : {
        axes: found.map(({ field }) => field),
        input: first.input,
        inputs: [...new Set(known.flatMap(({ inputs }) => inputs))],
        seesAll: known.some(({ seesAll }) => seesAll) || found.some(({ isSpread }) => isSpread),
        isApart: known.some(({ isApart }) => isApart) || found.some(({ isApart }) => isApart)
      };
}

/**
 * The fields of the sources that have cells along an axis. Others, which broadcasting spreads over it, add what they
 * saw to every cell and lay none. Null where a source fits in neither way.
 */
function laidAlong(
  axis: number,
  size: number | null,
  axes: number,
  sources: readonly Source[]
): (ReceptiveField | undefined)[] | null {
  const isWhole = ({ sizes }: Source): boolean => sizes.length === axes && sizes[axis] === size;
  const isSpread = ({ sizes }: Source): boolean => sizes.length === 0 || (sizes.length === axes && sizes[axis] === 1);
  return sources.every(source => isWhole(source) || isSpread(source))
    ? sources.filter(isWhole).map(({ field }) => field)
    : null;
}
