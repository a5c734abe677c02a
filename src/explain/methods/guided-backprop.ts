/**
 * Guided backpropagation: Springenberg et al., "Striving for Simplicity: The
 * All Convolutional Net", ICLR workshop 2015, section 3.4: on the way back
 * through a ReLU only positive gradients pass, and only where its input was
 * positive. The engine's backward pass applies that rule (`guided`) to ReLU,
 * ReLU6 and `keras.layers.ReLU`; other activations keep their gradient. The map
 * is drawn from the result as {@link saliency} is from the gradient.
 */
export { saliency as guidedBackprop } from './saliency';
