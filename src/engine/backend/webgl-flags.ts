/** Sets up tfjs' WebGL backend. */
import * as tf from '@tensorflow/tfjs-core';

export function configureWebgl(): void {
  // One shader for all shapes of an operation rather than one each: DenseNet169 has hundreds of shapes.
  tf.env().set('WEBGL_USE_SHAPES_UNIFORMS', true);
  // Asked for by name, a software renderer is fine; `auto` looks at the renderer's name instead.
  tf.env().set('SOFTWARE_WEBGL_ENABLED', true);
}
