/**
 * Our own SIMD kernels (kernels/), in the memory of tfjs' WebAssembly backend.
 * Other backends have none: callers have another way for those.
 */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { KERNELS } from './binary';

type Kernel = (...values: number[]) => void;

/** The exports of assembly/, which describes their arguments. */
export type Kernels = Readonly<Record<KernelName, Kernel>>;

type KernelName =
  | 'averagePoolGradient'
  | 'channelSums'
  | 'copyRows'
  | 'depthwiseGradient'
  | 'maxPoolGradient'
  | 'placeImage'
  | 'rectifierGradient'
  | 'weightedSums'
  | 'winograd'
  | 'winogradFilter';

/** Emscripten's module keeps its exports here, which its types do not say. */
interface WithExports {
  asm?: { memory?: WebAssembly.Memory };
}

const instances = new WeakMap<object, Kernels | null>();
let compiled: WebAssembly.Module | null = null;

/** The kernels of the current backend, or null where there are none. */
export function kernels(): Kernels | null {
  if (tf.getBackend() !== 'wasm') {
    return null;
  }
  const backend = wasmBackend();
  let found = instances.get(backend);
  if (found === undefined) {
    found = instantiate((backend.wasm as WithExports).asm?.memory);
    instances.set(backend, found);
  }
  return found;
}

function instantiate(memory: WebAssembly.Memory | undefined): Kernels | null {
  if (!memory) {
    return null;
  }
  compiled ??= new WebAssembly.Module(Uint8Array.from(atob(KERNELS), character => character.charCodeAt(0)));
  return new WebAssembly.Instance(compiled, { env: { memory } }).exports as unknown as Kernels;
}

const wasmBackend = () => tf.backend() as BackendWasm;

/** Address of a float32 tensor's values, in bytes. */
export function pointerTo(tensor: Tensor): number {
  return wasmBackend().dataIdMap.get(tensor.dataId).memoryOffset;
}

/** A tensor whose values a kernel is going to write. */
export function blank<T extends Tensor>(shape: number[]): T {
  return tf.engine().makeTensorFromTensorInfo(wasmBackend().makeOutput(shape, 'float32')) as T;
}
