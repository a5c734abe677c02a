/** What the loss that a model was compiled with says of its outputs. */
import { type Config, isConfig, stringAt } from './json';

/** Losses between numbers that are measured, by their names without underscores; those of classes are entropies and hinges. */
const OF_NUMBERS: ReadonlySet<string> = new Set([
  'mse',
  'meansquarederror',
  'mae',
  'meanabsoluteerror',
  'mape',
  'meanabsolutepercentageerror',
  'msle',
  'meansquaredlogarithmicerror',
  'huber',
  'huberloss',
  'logcosh',
  'poisson'
]);

/**
 * True if the model was trained to give numbers in this output: a linear output alone may as
 * well be the logits of classes. False where the file does not say, or names a loss of its author's.
 *
 * @param training - The config with which the model was compiled, as the file has it.
 */
export function givesNumbers(training: unknown, output: string, index: number): boolean {
  const loss = isConfig(training) ? lossOf(training.loss, output, index) : null;
  return loss !== null && OF_NUMBERS.has(loss.toLowerCase().replaceAll('_', ''));
}

/** A name, an object of a class or a function by Keras, a list by output, or an object from outputs to these. */
function lossOf(loss: unknown, output: string, index: number): string | null {
  if (typeof loss === 'string') {
    return loss;
  }
  if (Array.isArray(loss)) {
    return lossOf(loss[index], output, index);
  }
  if (!isConfig(loss)) {
    return null;
  }
  return stringAt(loss, 'class_name') === null ? lossOf(loss[output], output, index) : nameOf(loss);
}

const nameOf = (loss: Config): string | null => {
  const name = stringAt(loss, 'class_name');
  return name === 'function' ? stringAt(loss, 'config') : name;
};
