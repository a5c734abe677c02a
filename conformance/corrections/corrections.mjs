/**
 * The corrections of what tfjs 4.22 does wrongly, and other places where a
 * careless program goes wrong without an error. For each: a change of the
 * source that takes it away, and the tests that must then fail.
 */

const OPS = 'src/engine/ops/ops.spec.ts';
const ENGINE = 'src/engine/worker/engine.spec.ts';
const WORKER = 'src/engine/worker/worker.browser.spec.ts';

/**
 * name; file; the text that the file has once, whatever its layout; what is put in its place; the
 * test file; and, to save time, the tests' names as a pattern. For run.mjs:
 * the case and the backend.
 *
 * @type {{ name: string, file: string, from: string, to: string, spec: string, tests?: string }[]}
 */
export const CORRECTIONS = [
  {
    name: 'Average pooling does not count padding',
    file: 'src/engine/ops/pooling/pooling-gradient.ts',
    from: 'const count = (bottom - top) * (right - left);',
    to: 'const count = windows.rows.window * windows.columns.window + 0 * (bottom - top);',
    spec: OPS,
    tests: 'pooling'
  },
  {
    name: 'Max pooling: windows without a positive value',
    file: 'src/engine/ops/pooling/pooling-gradient.ts',
    from: 'if (value > best[c] || where[c] < 0) {',
    to: 'if (where[c] < 0 || (value > best[c] && value > 0)) {',
    spec: OPS,
    tests: 'pooling'
  },
  {
    name: 'Max pooling: the first of equal values wins',
    file: 'src/engine/ops/pooling/pooling-gradient.ts',
    from: 'if (value > best[c] || where[c] < 0) {',
    to: 'if (value >= best[c] || where[c] < 0) {',
    spec: OPS,
    tests: 'pooling'
  },
  {
    name: 'Global max pooling shares the gradient among equals',
    file: 'src/engine/ops/pooling/pooling.ts',
    from: 'const share = tf.div(restored(dy, x.shape, axes), tf.sum(mask, axes, true));',
    to: 'const share = restored(dy, x.shape, axes);',
    spec: OPS,
    tests: 'pooling'
  },
  {
    name: 'The gradient of mirroring padding gathers what was copied',
    file: 'src/engine/ops/arrange/pad.ts',
    from: 'return parts.reduce((sum, part) => tf.add(sum, part));',
    to: 'return tf.clone(parts[0]);',
    spec: OPS,
    tests: 'pad'
  },
  {
    name: 'Resizing has half-pixel centres',
    file: 'src/engine/ops/resize/resize-matrix.ts',
    from: 'const centre = (i + 0.5) * scale;',
    to: 'const centre = i * scale + 0.5;',
    spec: OPS,
    tests: 'resiz|up'
  },
  {
    name: 'The gradient of resizing is the transposed product',
    file: 'src/engine/ops/resize/resize.ts',
    from: 'return [separable(dy as Tensor4D, ...matrices(shape, attributes), true)];',
    to: 'return [tf.image.resizeBilinear(dy as Tensor4D, [shape[1], shape[2]], false, true)];',
    spec: OPS,
    tests: 'resiz|up'
  },
  {
    name: 'Dilated convolutions, full and depthwise, have a gradient',
    file: 'src/engine/ops/convolution/convolution-gradient.ts',
    from: "return convolve(wide, none ? 'valid' : [[0, 0], padRows, padColumns, [0, 0]], [rows.dilation, columns.dilation]);",
    to: "return convolve(wide, none ? 'valid' : [[0, 0], padRows, padColumns, [0, 0]], [1, 1]);",
    spec: OPS,
    tests: 'dilat'
  },
  {
    name: 'Each group of a grouped convolution has its own filters',
    file: 'src/engine/ops/convolution/convolution.ts',
    from: 'context, ` of group ${group}`)',
    to: 'context)',
    spec: OPS,
    tests: 'groups'
  },
  {
    name: 'The gradient of a convolution flips the filter',
    file: 'src/engine/ops/convolution/convolution-gradient.ts',
    from: 'tf.transpose(tf.reverse(filter, [0, 1]), [0, 1, 3, 2])',
    to: 'tf.transpose(filter, [0, 1, 3, 2])',
    spec: OPS,
    tests: 'convolution conv [23]'
  },
  {
    name: 'So does that of a depthwise convolution, on WASM too',
    file: 'src/engine/ops/convolution/depthwise.ts',
    from: 'tf.tidy(() => tf.reverse(tf.slice(filter, [0, 0, 0, q], [h, w, c, 1]), [0, 1]))',
    to: 'tf.slice(filter, [0, 0, 0, q], [h, w, c, 1])',
    spec: OPS,
    tests: 'depthwise'
  },
  {
    name: 'The gradient goes through an activation merged into a convolution',
    file: 'src/engine/ops/activation/fused-activation.ts',
    from: ": rectifierGradient(dy, context.output, activation === 'relu6' ? 6 : Infinity, context.guided);",
    to: ': dy;',
    spec: OPS,
    tests: 'conv relu'
  },
  {
    name: 'Nothing that is wanted is folded away',
    file: 'src/engine/plan/fuse.ts',
    from: 'consumers.get(from) === 1 && spare;',
    to: 'consumers.get(from) === 1 && (spare || true);',
    spec: 'src/engine/plan/fuse.spec.ts'
  },
  {
    name: 'Nothing that two layers read is folded into one of them',
    file: 'src/engine/plan/fuse.ts',
    from: 'consumers.get(from) === 1 && spare;',
    to: 'spare;',
    spec: 'src/engine/plan/fuse.spec.ts'
  },
  {
    name: 'Folding BatchNormalization scales the bias too',
    file: 'src/engine/plan/derived-weights.ts',
    from: 'return t.map((value, i) => b[i] * s[i] + value);',
    to: 'return t.map((value, i) => b[i] + 0 * s[i] + value);',
    spec: ENGINE
  },
  {
    name: 'Gradients of a value that several layers read add up',
    file: 'src/engine/run/executor.ts',
    from: 'gradients.set(targets[i], sofar ? tf.add(sofar, part) : part);',
    to: 'gradients.set(targets[i], sofar ? tf.clone(part) : part);',
    spec: ENGINE
  },
  {
    name: 'The score is taken before the softmax',
    file: 'src/engine/run/scoring/score-point.ts',
    from: 'at: isLogit ? points.logits : points.output,',
    to: 'at: points.output,',
    spec: ENGINE
  },
  {
    name: 'LeakyReLU has the slope that the file says',
    file: 'src/engine/ops/activation/activation-functions.ts',
    from: "apply: (x, a) => select(x, x, tf.mul(x, numberOf(a, 'negative_slope', 0.2))),",
    to: 'apply: x => select(x, x, tf.mul(x, 0.2)),',
    spec: OPS,
    tests: 'leaky'
  },
  {
    name: 'hard_sigmoid is that of Keras 3',
    file: 'src/engine/plan/activation-choice.ts',
    from: 'numberOr(attributes.slope, 1 / 6)',
    to: 'numberOr(attributes.slope, 0.2)',
    spec: OPS,
    tests: 'hard_sigmoid'
  },
  {
    name: 'hard_sigmoid of files by Keras 2 is that of Keras 2',
    file: 'src/formats/keras/flatten/attributes.ts',
    from: 'const isOther = keras2 &&',
    to: 'const isOther = !keras2 && keras2 &&',
    spec: 'src/formats/keras/layer-arguments.spec.ts'
  },
  {
    name: 'A clipped activation passes the gradient at its ends',
    file: 'src/engine/ops/activation/activation-functions.ts',
    from: 'tf.mul(dy, withinEnds(x, -1, 1))',
    to: 'tf.mul(dy, between(x, -1, 1))',
    spec: OPS,
    tests: 'hard_tanh'
  },
  {
    name: 'Global pooling heeds keepdims',
    file: 'src/engine/ops/pooling/pooling.ts',
    from: "return tf.mean(x, axesOf(attributes), booleanOf(attributes, 'keepdims', false));",
    to: 'return tf.mean(x, axesOf(attributes));',
    spec: OPS,
    tests: 'pooling'
  },
  {
    name: 'A backend that computes wrongly is not used',
    file: 'src/engine/backend/self-test.ts',
    from: 'return worst < LIMIT ?',
    to: 'return worst < Infinity ?',
    spec: 'src/engine/backend/self-test.spec.ts'
  },
  {
    name: 'WebGL drawn in software is not chosen',
    file: 'src/engine/backend/backends.ts',
    from: "const obstacle = name === 'webgl' && !forced ? webglObstacle() : null;",
    to: 'const obstacle = forced && !forced ? webglObstacle() : null;',
    spec: WORKER
  },
  {
    name: 'WebGL of half precision is refused',
    file: 'src/engine/backend/backends.ts',
    from: "!tf.env().getBool('WEBGL_RENDER_FLOAT32_ENABLED')",
    to: "tf.env().getBool('WEBGL_RENDER_FLOAT32_ENABLED') === null",
    spec: WORKER
  },
  {
    name: 'A lost GPU is noticed',
    file: 'src/engine/backend/backends.ts',
    from: "gl.canvas.addEventListener('webglcontextlost', lost, { once: true });",
    to: 'gl.canvas.addEventListener(String(lost), lost, { once: true });',
    spec: WORKER
  },
  {
    name: 'Gradients are freed once they were visited',
    file: 'src/engine/run/executor.ts',
    from: '    gradient.dispose();\n    gradients.delete(id);',
    to: '    gradients.delete(id);',
    spec: ENGINE
  },
  {
    name: 'A WebGL shader serves only the shapes that it was made for',
    file: 'node_modules/@tensorflow/tfjs-backend-webgl/dist/gpgpu_math.js',
    from: 'uniformShape.length === 2 && util.arraysEqual(uniformShape, xTexShape)',
    to: 'uniformShape.length === 2 && util.arraysEqual(x.shape, xTexShape)',
    spec: 'src/engine/backend/shader-cache.browser.spec.ts'
  }
];
