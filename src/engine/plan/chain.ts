import { type GraphNode, layerOf, type WeightRef } from '../../graph/model-graph';
import type { ActivationChoice } from './activation-choice';
import type { Step, StepInput } from './step';

/** Collects the steps of one layer, each taking the one before. */
export class Chain {
  private steps: Step[] = [];

  constructor(private node: GraphNode) {}

  /** Adds a step and returns its value; `inputs` defaults to the step before, or the layer's own inputs. */
  push(
    op: Step['op'],
    attributes: Step['attributes'] = {},
    weights: Record<string, WeightRef> = {},
    inputs?: StepInput[]
  ): StepInput {
    const last = this.steps.at(-1);
    this.steps.push({
      id: `${this.node.id}#${this.steps.length}`,
      layer: layerOf(this.node),
      op,
      attributes,
      inputs: inputs ?? (last ? [{ value: last.id }] : this.own()),
      weights
    });
    return { value: this.steps[this.steps.length - 1].id };
  }

  /** The layer's own inputs. */
  own(): StepInput[] {
    return this.node.inputs.map(toStepInput);
  }

  activate(choice: ActivationChoice): void {
    this.push('activation', { ...choice });
  }

  finish(): Step[] {
    if (this.steps.length === 0) {
      this.push('identity');
    }
    const last = this.steps[this.steps.length - 1];
    this.steps[this.steps.length - 1] = { ...last, id: this.node.id };
    return this.steps;
  }
}

function toStepInput(input: GraphNode['inputs'][number]): StepInput {
  return 'constant' in input ? { constant: input.constant } : { value: input.node };
}
