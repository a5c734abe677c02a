/** The activation step: attribute `activation` names the function, further attributes are its arguments. */
import * as tf from '@tensorflow/tfjs-core';
import { stringOf } from '../../../graph/attributes';
import type { Attributes } from '../../../graph/model-graph';
import { message, MessageError } from '../../../messages/message';
import { choose } from '../choose';
import { type Op, savesInputs, savesOutput } from '../op';
import { type ActivationFunction, activationFunctions } from './activation-functions';

/** Activations that guided backpropagation takes for ReLU. */
const RECTIFIERS = new Set(['relu', 'relu6', 'relu_general']);

function functionOf(attributes: Attributes): ActivationFunction {
  const name = stringOf(attributes, 'activation', 'linear');
  const found = activationFunctions[name];
  if (!found) {
    throw new MessageError(message('the activation "%1" is not known to GradLens', name));
  }
  return found;
}

export const activation: Op = {
  forward([x], { attributes }) {
    return functionOf(attributes).apply(x, attributes);
  },
  backward(dy, { attributes, inputs, output, guided }) {
    const f = functionOf(attributes);
    const through = guided && RECTIFIERS.has(stringOf(attributes, 'activation', '')) ? tf.relu(dy) : dy;
    return [f.gradient(through, f.from === 'input' ? inputs[0] : output, attributes)];
  },
  saves(attributes) {
    return functionOf(attributes).from === 'input' ? savesInputs() : savesOutput();
  }
};

/** PReLU: slope `alpha` below zero, broadcast over the batch and the shared axes. */
export const prelu: Op = {
  forward([x], context) {
    return choose(tf.greater(x, 0), x, tf.mul(x, context.weight('alpha')));
  },
  backward(dy, context) {
    const [x] = context.inputs;
    // Keras makes it of two ReLUs: at 0 neither passes the gradient.
    const below = tf.mul(tf.mul(dy, context.weight('alpha')), tf.cast(tf.less(x, 0), 'float32'));
    return [choose(tf.greater(x, 0), dy, below)];
  },
  saves: savesInputs
};
