/** Makes a failing recipe smaller while it fails in the same way. */

/**
 * @param {any} recipe
 * @param {(recipe: any) => Promise<boolean>} fails whether a smaller recipe still does
 * @param {{ most?: number }} [options] tries at most
 * @returns {Promise<any>} the smallest found
 */
export async function shrink(recipe, fails, { most = 80 } = {}) {
  let best = recipe;
  let tries = 0;
  for (let found = true; found;) {
    found = false;
    for (const smaller of smallerOnes(best)) {
      if (tries++ >= most) {
        return best;
      }
      if (await fails(smaller)) {
        best = smaller;
        found = true;
        break;
      }
    }
  }
  return best;
}

/** Values of inputs that are what the layers behind are about. */
const KEPT = ['ids', 'normal', 'wholes', 'padded'];

/** Recipes that are a little smaller, the boldest first. */
export function* smallerOnes(recipe) {
  const { steps } = recipe;
  for (let length = 1; length < steps.length; length++) {
    yield withSteps(recipe, steps.slice(0, length));
  }
  for (let index = steps.length - 1; index >= 0; index--) {
    const smaller = without(recipe, index);
    if (smaller) {
      yield smaller;
    }
  }
  for (const [key, plain] of /** @type {[string, any][]} */ ([
    ['outputs', []],
    ['softmax', false]
  ])) {
    if (recipe[key]?.length || recipe[key] === true) {
      yield { ...recipe, [key]: plain };
    }
  }
  for (const [index, step] of steps.entries()) {
    for (const smaller of smallerSteps(step)) {
      yield { ...recipe, steps: steps.with(index, smaller) };
    }
  }
}

/** A recipe with the first steps only, and the outputs that are left. */
function withSteps(recipe, steps) {
  return { ...recipe, steps, outputs: (recipe.outputs ?? []).filter(index => index < steps.length - 1) };
}

/** A recipe without one step: what read it reads what it read. Null where that cannot be. */
function without(recipe, index) {
  const { steps } = recipe;
  const of = steps[index].of ?? [];
  const isRead = steps.some(step => readBy(step).includes(index) || step.step === index);
  if (steps.length === 1 || (isRead && (!of.length || steps.some(step => step.step === index)))) {
    return null;
  }
  const moved = value => (value === index ? moved(of[0]) : value > index ? value - 1 : value);
  return {
    ...recipe,
    outputs: (recipe.outputs ?? []).filter(value => value !== index).map(moved),
    steps: steps
      .filter((_, position) => position !== index)
      .map(step => ({
        ...step,
        ...(step.of && { of: step.of.map(moved) }),
        ...(step.call && { call: mapValues(step.call, moved) }),
        ...(step.step !== undefined && { step: moved(step.step) })
      }))
  };
}

/** The values that a step takes, in its call's arguments too. */
function readBy({ of = [], call = {} }) {
  const found = [...of];
  mapValues(call, value => found.push(value));
  return found;
}

/** A call's arguments with other places of the steps' values among them. */
function mapValues(value, moved) {
  if (Array.isArray(value)) {
    return value.map(one => mapValues(one, moved));
  }
  return value && typeof value === 'object'
    ? Object.fromEntries(
        Object.entries(value).map(([key, one]) => [key, key === '$value' ? moved(one) : mapValues(one, moved)])
      )
    : value;
}

/** Steps with an argument less, a smaller one, or fewer steps inside. */
function* smallerSteps(step) {
  for (const key of Object.keys(step.call ?? {})) {
    yield { ...step, call: Object.fromEntries(Object.entries(step.call).filter(([name]) => name !== key)) };
  }
  for (const key of ['frozen', 'name', 'deferred', 'values']) {
    if (step[key] && !KEPT.includes(step[key])) {
      yield Object.fromEntries(Object.entries(step).filter(([name]) => name !== key));
    }
  }
  if (step.kind === 'input') {
    for (const [axis, size] of step.shape.entries()) {
      if (size > 2) {
        yield { ...step, shape: step.shape.with(axis, size > 5 ? size >> 1 : size - 1) };
      }
    }
  }
  for (const key of Object.keys(step.args ?? {})) {
    const { [key]: value, ...args } = step.args;
    yield { ...step, args };
    if (Number.isInteger(value) && value > 1) {
      yield { ...step, args: { ...step.args, [key]: 1 } };
    }
  }
  if (step.kind === 'nested') {
    const offset = step.form === 'sequential' ? 0 : step.of.length;
    if (step.steps.length > 1) {
      yield { ...step, steps: step.steps.slice(0, -1) };
      if (offset < 2) {
        yield { ...step, steps: step.steps.slice(1).map((inner, index) => ({ ...inner, of: [index] })) };
      }
    }
    for (const [index, inner] of step.steps.entries()) {
      for (const smaller of smallerSteps(inner)) {
        yield { ...step, steps: step.steps.with(index, smaller) };
      }
    }
  }
}
