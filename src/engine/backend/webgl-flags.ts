/** Sets up tfjs' WebGL backend. */
import * as tf from '@tensorflow/tfjs-core';

/**
 * True if patches/ was applied to tfjs. As released, 4.22 caches shaders by a
 * key that does not tell all shapes apart that its shaders do, and computes
 * wrong values with a shader made for another shape.
 */
function hasCompleteShaderKeys(): boolean {
  try {
    return tf.env().getBool('WEBGL_SHADER_KEY_KNOWS_SQUEEZED_SHAPES');
  } catch {
    return false;
  }
}

export function configureWebgl(): void {
  // One shader for all shapes of an operation rather than one each: DenseNet169 has hundreds of shapes.
  tf.env().set('WEBGL_USE_SHAPES_UNIFORMS', hasCompleteShaderKeys());
  // Asked for by name, a software renderer is fine; `auto` looks at the renderer's name instead.
  tf.env().set('SOFTWARE_WEBGL_ENABLED', true);
}
