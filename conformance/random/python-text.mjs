/** A recipe as the few lines of Python that a person would write. */

/** @returns {string} */
export function pythonText(recipe) {
  const names = recipe.steps.map((_, index) => `v${index}`);
  const lines = recipe.steps.map((step, index) => `${names[index]} = ${expression(step, names)}`);
  const last = names.at(-1);
  const head = `Dense(3${recipe.softmax ? ', activation="softmax"' : ''})(Flatten()(${last}))`;
  const inputs = names.filter((_, index) => recipe.steps[index].kind === 'input');
  const others = (recipe.outputs ?? []).map(index => names[index]);
  lines.push(`Model([${inputs.join(', ')}], [${[head, ...others].join(', ')}])`);
  return `# ${recipe.writer}, .${recipe.format}, seed ${recipe.seed}\n${lines.join('\n')}`;
}

function expression(step, names) {
  const of = (step.of ?? []).map(value => names[value]);
  const given = of.length === 1 ? of[0] : `[${of.join(', ')}]`;
  const marks = [step.frozen && 'frozen', step.values && `values: ${step.values}`].filter(Boolean);
  const comment = marks.length ? `  # ${marks.join(', ')}` : '';
  return `${bare(step, names, of, given)}${comment}`;
}

function bare(step, names, of, given) {
  switch (step.kind) {
    case 'input':
      return `Input(${tuple(step.shape)}${step.dtype ? `, dtype=${python(step.dtype)}` : ''})`;
    case 'op':
      return of.reduce((code, name, place) => code.replace(new RegExp(`\\b${'xyz'[place]}\\b`, 'g'), name), step.code);
    case 'shared':
      return `layer_of_${names[step.step]}(${given})`;
    case 'nested': {
      const inner = step.steps.map(layer => (layer.kind === 'op' ? layer.code : call(layer))).join(', ');
      return `${step.form}${step.deferred ? '_deferred' : ''}([${inner}]${named(step)})(${given})`;
    }
    default: {
      const further = Object.entries(step.call ?? {}).map(([key, value]) => `, ${key}=${argument(value, names)}`);
      return `${call(step)}(${given}${further.join('')})`;
    }
  }
}

const call = step => {
  const args = Object.entries(step.args).map(([key, value]) => `${key}=${python(value)}`);
  return `${step.class}(${[...args, ...(step.name ? [`name=${python(step.name)}`] : [])].join(', ')})`;
};

/** An argument of a call: a step's value, an array, a list of them, or a plain value. */
function argument(value, names) {
  if (Array.isArray(value)) {
    return `[${value.map(one => argument(one, names)).join(', ')}]`;
  }
  const { $value, $array } = value ?? {};
  return $value !== undefined ? names[$value] : $array ? `np.array(${python($array)})` : python(value);
}

const named = step => (step.name ? `, name=${python(step.name)}` : '');

const tuple = values => `(${values.join(', ')}${values.length === 1 ? ',' : ''})`;

function python(value) {
  if (value && typeof value === 'object' && '$layer' in value) {
    return call({ class: value.$layer, args: value.args });
  }
  if (value && typeof value === 'object' && '$model' in value) {
    return `Sequential(${python(value.$model)})`;
  }
  return Array.isArray(value)
    ? `[${value.map(python).join(', ')}]`
    : (/** @type {any} */ ({ true: 'True', false: 'False', null: 'None' })[String(value)] ?? JSON.stringify(value));
}
