/** Writes a TensorFlow.js model of many small layers: what trees and graphs are measured on. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Residual blocks of three layers each, on two channels: a convolution, its
 * ReLU, and the sum with what the block began with.
 *
 * @param {string} folder - Gets model.json and weights.bin.
 * @param {number} blocks
 */
export function writeDeepModel(folder, blocks) {
  const layers = [];
  const weights = [];
  const add = (class_name, name, config, ...inputs) => {
    layers.push({
      class_name,
      name,
      config: { name, ...config },
      inbound_nodes: inputs.length > 0 ? [inputs.map(input => [input, 0, 0, {}])] : []
    });
    return name;
  };
  let last = add('InputLayer', 'picture', { batch_input_shape: [null, 8, 8, 2], dtype: 'float32' });
  for (let i = 1; i <= blocks; i++) {
    const block = `stage${Math.ceil(i / 50)}_block${i}`;
    const conv = add(
      'Conv2D',
      `${block}_conv`,
      { filters: 2, kernel_size: [1, 1], padding: 'same', use_bias: false },
      last
    );
    weights.push({ name: `${conv}/kernel`, shape: [1, 1, 2, 2], dtype: 'float32' });
    const relu = add('Activation', `${block}_relu`, { activation: 'relu' }, conv);
    last = add('Add', `${block}_add`, {}, last, relu);
  }
  const model_config = {
    class_name: 'Functional',
    config: { name: 'deep', layers, input_layers: [['picture', 0, 0]], output_layers: [[last, 0, 0]] }
  };
  mkdirSync(folder, { recursive: true });
  // Small, so that a thousand sums stay finite.
  writeFileSync(join(folder, 'weights.bin'), Buffer.from(new Float32Array(4 * blocks).fill(0.001).buffer));
  writeFileSync(
    join(folder, 'model.json'),
    JSON.stringify({
      format: 'layers-model',
      modelTopology: { keras_version: '2.15.0', backend: 'tensorflow', model_config },
      weightsManifest: [{ paths: ['weights.bin'], weights }]
    })
  );
}
