/** The weights of one model on the backend: uploaded at first use, kept until the model is closed. */
import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { type WeightRef, withValues } from '../../graph/model-graph';
import type { OpContext } from '../ops/op';
import type { Step } from '../plan/step';

export class WeightStore {
  /** Milliseconds spent reading and uploading since the last {@link takeUploadTime}. */
  private spent = 0;
  private tensors = new Map<WeightRef, Tensor>();
  private derivedTensors = new Map<WeightRef, Map<string, Tensor>>();

  /** The weights that a step's kernels can ask for. */
  contextOf(step: Step): OpContext {
    return {
      attributes: step.attributes,
      hasWeight: role => step.weights[role] !== undefined,
      weight: role => this.upload(step.weights[role]),
      derived: (key, make) => this.derived(Object.values(step.weights)[0], key, make)
    };
  }

  takeUploadTime(): number {
    const spent = this.spent;
    this.spent = 0;
    return spent;
  }

  /** Frees everything; the weights can be uploaded again (to another backend). */
  dispose(): void {
    this.tensors.forEach(tensor => tensor.dispose());
    this.derivedTensors.forEach(byKey => byKey.forEach(tensor => tensor.dispose()));
    this.forget();
  }

  /** Drops the tensors of a backend that is lost, without freeing them. */
  forget(): void {
    this.tensors.clear();
    this.derivedTensors.clear();
  }

  private upload(ref: WeightRef): Tensor {
    let tensor = this.tensors.get(ref);
    if (!tensor) {
      const start = performance.now();
      const make = (values: Float32Array) => tf.keep(tf.tensor(values, ref.shape, 'float32'));
      // WASM copies what it is given; the others keep it.
      tensor = tf.getBackend() === 'wasm' ? withValues(ref, make) : make(ref.read());
      this.tensors.set(ref, tensor);
      this.spent += performance.now() - start;
    }
    return tensor;
  }

  private derived(of: WeightRef, key: string, make: () => Tensor): Tensor {
    let byKey = this.derivedTensors.get(of);
    if (!byKey) {
      byKey = new Map();
      this.derivedTensors.set(of, byKey);
    }
    let tensor = byKey.get(key);
    if (!tensor) {
      tensor = tf.keep(make());
      byKey.set(key, tensor);
    }
    return tensor;
  }
}
