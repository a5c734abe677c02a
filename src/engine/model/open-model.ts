/** A model that the engine holds: its graph, its steps, its weights on the backend. */
import type { ModelSummary } from '../../graph/layer-info';
import type { GraphOutput, ModelGraph, Shape } from '../../graph/model-graph';
import { type ReceptiveField, receptiveFields } from '../../graph/receptive-field';
import { shapesFor } from '../../graph/shape-inference';
import { type TokenGrid, tokenGrids, tokensAsImage } from '../../graph/token-grid';
import { message } from '../../messages/message';
import { nearestNames } from '../../messages/nearest-names';
import { expandGraph } from '../plan/expand';
import { fuse } from '../plan/fuse';
import { type ScorePoints, scorePoints } from '../plan/score-points';
import { type Step, type ValueId, valueInputs } from '../plan/step';
import { WeightFolder } from '../plan/weight-folder';
import { RefusalError } from '../protocol/errors';
import type { TensorData } from '../protocol/protocol';
import { WeightStore } from './weight-store';

/** What models share that differ in their steps alone. */
export interface SharedParts {
  weights: WeightStore;
  folder: WeightFolder;
  steps: Step[];
  grids: ReadonlyMap<string, TokenGrid>;
  fields: KnownFields;
}

/** Receptive fields, by the sizes of the inputs: those asked for last. */
interface KnownFields {
  now: { key: string; fields: ReadonlyMap<string, ReceptiveField> } | null;
}

export class OpenModel {
  readonly weights: WeightStore;
  readonly steps: Step[];
  /** Values that can be computed: no unsupported layer lies before them. */
  readonly runnable: ReadonlySet<ValueId>;
  private readonly grids: ReadonlyMap<string, TokenGrid>;
  private readonly folder: WeightFolder;
  private plans = new Map<string, Step[]>();
  private readonly known: KnownFields;

  constructor(
    readonly graph: ModelGraph,
    readonly summary: ModelSummary,
    shared?: SharedParts
  ) {
    this.weights = shared?.weights ?? new WeightStore();
    this.folder = shared?.folder ?? new WeightFolder();
    const steps = shared?.steps ?? expandGraph(graph);
    const runnable = new Set(graph.inputs.map(input => input.node));
    this.steps = steps.filter(step => valueInputs(step).every(id => runnable.has(id)) && runnable.add(step.id));
    this.runnable = runnable;
    this.grids = shared?.grids ?? tokenGrids(graph);
    this.known = shared?.fields ?? { now: null };
  }

  /** The same model, weights and all, with other steps. */
  withSteps(steps: Step[]): OpenModel {
    const { weights, folder, grids, known: fields } = this;
    return new OpenModel(this.graph, this.summary, { weights, folder, steps, grids, fields });
  }

  /** A layer's values as an image, (n, h, w, c), where they are tokens of one; else as they are. */
  imageOf(layer: ValueId, tensor: TensorData): TensorData {
    const grid = this.grids.get(layer);
    return grid && tensor.shape.length === 3 ? tokensAsImage(tensor.data, tensor.shape, grid) : tensor;
  }

  /** Position and receptive field of the layers' cells, by node, on inputs of these shapes. */
  fields(inputs: Readonly<Record<string, Shape>>): ReadonlyMap<string, ReceptiveField> {
    const isFixed = this.graph.inputs.every(({ shape }) => !shape.slice(1).includes(null));
    const key = isFixed ? '' : JSON.stringify(inputs);
    if (this.known.now?.key !== key) {
      const shapes = isFixed ? undefined : shapesFor(this.graph, inputs);
      this.known.now = { key, fields: receptiveFields(this.graph, shapes) };
    }
    return this.known.now.fields;
  }

  /** The outputs that can be computed. */
  get outputs(): ModelGraph['outputs'] {
    return this.graph.outputs.filter(output => this.runnable.has(output.node));
  }

  /** The values at which the score of an output, the first unless named, is read. */
  score(name: string | null): ScorePoints {
    const chosen = this.output(name);
    if (!this.runnable.has(chosen.node)) {
      const [blocked] = this.graph.unsupported;
      throw new RefusalError(
        blocked
          ? message(
              "No class can be explained: the model's output lies behind the layer %1, which cannot run: %2",
              blocked.node,
              blocked.reason
            )
          : message("No class can be explained: the model's output lies behind a layer that cannot run.")
      );
    }
    return scorePoints(this.steps, chosen.node);
  }

  /** The output of this name, or the first. Throws a sentence that lists them. */
  output(name: string | null): GraphOutput {
    const { outputs } = this.graph;
    const found = name === null ? outputs[0] : outputs.find(output => output.name === name);
    if (!found) {
      throw new RefusalError(
        message(
          'The model %1 has no output called %2; it has %3.',
          this.summary.name,
          String(name),
          outputs.map(output => output.name).join(', ')
        )
      );
    }
    return found;
  }

  /** True if a layer's values are tokens of an image. */
  isTokens(layer: ValueId): boolean {
    return this.grids.has(layer);
  }

  /**
   * Fused steps in which the values of `keep` are all made, or of
   * `derivable` ones a scale and shift (see {@link fuse}).
   */
  plan(keep: ReadonlySet<ValueId>, derivable: ReadonlySet<ValueId> = new Set()): Step[] {
    const key = [keep, derivable].map(ids => [...ids].sort().join('\n')).join('\n\n');
    let plan = this.plans.get(key);
    if (!plan) {
      plan = fuse(this.steps, keep, this.folder, derivable);
      this.plans.set(key, plan);
    }
    return plan;
  }

  /** Throws a sentence unless the layer exists and can be computed. */
  requireLayer(id: string): void {
    if (this.runnable.has(id)) {
      return;
    }
    const unsupported = this.graph.unsupported.find(entry => entry.node === id);
    if (unsupported) {
      throw new RefusalError(message('The layer %1 cannot run: %2', id, unsupported.reason));
    }
    if (this.graph.nodes.some(node => node.id === id)) {
      const [blocked] = this.graph.unsupported;
      throw new RefusalError(
        message(
          'The layer %1 cannot run, because it needs the layer %2, which is not supported.',
          id,
          blocked?.node ?? 'before it'
        )
      );
    }
    const near = nearestNames(
      id,
      this.summary.layers.map(layer => layer.id)
    );
    throw new RefusalError(
      near.length > 0
        ? message('The model %1 has no layer called %2. Did you mean %3?', this.summary.name, id, near.join(', '))
        : message('The model %1 has no layer called %2. Choose one of the layers in its list.', this.summary.name, id)
    );
  }
}
