/** The equation of an EinsumDense, `abc,cd->abd` or with `...`, as labels of axes. */

/** A letter or digit for each axis. */
export interface EinsumLabels {
  input: string;
  kernel: string;
  output: string;
  /** Labels of the output that the equation itself names. */
  named: string;
}

/** Labels for an input of so many axes, or null where the equation is none that can be run. */
export function einsumLabels(equation: string, rank: number): EinsumLabels | null {
  const parts = /^([a-zA-Z.]+),([a-zA-Z]+)->([a-zA-Z.]+)$/.exec(equation.replace(/\s/g, ''));
  if (!parts) {
    return null;
  }
  const [, from, kernel, to] = parts;
  const elided = Array.from({ length: Math.max(rank - from.replace('...', '').length, 0) }, (_, i) => i).join('');
  const [input, output] = [from, to].map(side => side.replace('...', elided));
  const isPlain = [input, kernel, output].every(labels => new Set(labels).size === labels.length);
  const fits = input.length === rank && [...output].every(label => input.includes(label) || kernel.includes(label));
  return isPlain && fits && input[0] === output[0] ? { input, kernel, output, named: to.replace('...', '') } : null;
}
