/**
 * Finds the steps that a request needs: forward, back to the values at hand; backward, between the taps and the score.
 */
import { opNamed } from '../ops/registry';
import { type Step, type ValueId, valueInputs } from './step';

/** The steps to run for `wanted`, given the values at hand. */
export function stepsFor(steps: readonly Step[], wanted: ReadonlySet<ValueId>, atHand: ReadonlySet<ValueId>): Step[] {
  const open = new Set([...wanted].filter(id => !atHand.has(id)));
  const chosen: Step[] = [];
  for (let i = steps.length - 1; i >= 0; i--) {
    const step = steps[i];
    if (!open.has(step.id)) {
      continue;
    }
    chosen.push(step);
    for (const id of valueInputs(step)) {
      if (!atHand.has(id)) {
        open.add(id);
      }
    }
  }
  return chosen.reverse();
}

export interface GradientRegion {
  /** In topological order; the backward pass walks them in reverse. */
  steps: Step[];
  /** The values whose gradients flow. */
  active: ReadonlySet<ValueId>;
  /** Forward values that the steps' gradients read. */
  saved: ReadonlySet<ValueId>;
}

/** The steps through which `score` depends on `taps`. */
export function gradientRegion(steps: readonly Step[], taps: Iterable<ValueId>, score: ValueId): GradientRegion {
  const below = new Set<ValueId>([score]);
  for (let i = steps.length - 1; i >= 0; i--) {
    if (below.has(steps[i].id)) {
      valueInputs(steps[i]).forEach(id => below.add(id));
    }
  }
  const active = new Set([...taps].filter(id => below.has(id)));
  const region: Step[] = [];
  const saved = new Set<ValueId>();
  for (const step of steps) {
    if (!below.has(step.id) || !valueInputs(step).some(id => active.has(id))) {
      continue;
    }
    active.add(step.id);
    region.push(step);
    const { inputs, output } = opNamed(step.op).saves(step.attributes);
    if (inputs) {
      valueInputs(step).forEach(id => saved.add(id));
    }
    if (output) {
      saved.add(step.id);
    }
  }
  return { steps: region, active, saved };
}
