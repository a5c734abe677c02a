/**
 * Chooses the tfjs backend: WebGL on a real GPU that renders to float32,
 * else WASM with SIMD on one thread, else plain JavaScript. Each one must
 * reproduce stored Keras numbers before it is trusted.
 */
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import simdUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm';
import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import * as tf from '@tensorflow/tfjs-core';
import { fetched } from '../../messages/fetched';
import { joinMessages, type Message, message, MessageError, messageOf } from '../../messages/message';
import type { BackendName, BackendReport } from '../protocol/protocol';
import { selfTest } from './self-test';
import { configureWebgl } from './webgl-flags';

export type BackendChoice = BackendName | 'auto';

const ORDER: readonly BackendName[] = ['webgl', 'wasm', 'cpu'];

/** Code is loaded only for a backend that is tried. */
const LOADERS: Readonly<Record<BackendName, () => Promise<unknown>>> = {
  webgl: () => import(/* webpackChunkName: "gradlens-webgl" */ '@tensorflow/tfjs-backend-webgl').then(configureWebgl),
  wasm: () => Promise.resolve(),
  cpu: () => import(/* webpackChunkName: "gradlens-cpu" */ '@tensorflow/tfjs-backend-cpu')
};

/** Renderers that compute on the CPU, more slowly than WASM does. */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|microsoft basic render|software/i;

let configured = false;

function configure(): void {
  if (configured) {
    return;
  }
  configured = true;
  setWasmPaths({
    'tfjs-backend-wasm.wasm': simdUrl,
    'tfjs-backend-wasm-simd.wasm': simdUrl,
    'tfjs-backend-wasm-threaded-simd.wasm': simdUrl
  });
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
}

/** The reason not to try WebGL, or null. */
function webglObstacle(): Message | null {
  if (typeof OffscreenCanvas === 'undefined') {
    return message('this browser has no WebGL in workers');
  }
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
  if (!gl) {
    return message('this browser gives no WebGL 2');
  }
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  const renderer = String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return SOFTWARE.test(renderer) ? message('WebGL is drawn in software here (%1)', renderer) : null;
}

/** Starts one backend and tests it; returns why it cannot be used, or null. */
async function start(name: BackendName): Promise<Message | null> {
  try {
    await fetched(LOADERS[name]());
    register(name);
    if (!(await tf.setBackend(name))) {
      return message('%1 did not start', name);
    }
    await tf.ready();
    if (name === 'webgl' && !tf.env().getBool('WEBGL_RENDER_FLOAT32_ENABLED')) {
      return message('WebGL renders only to half precision here');
    }
    return await selfTest();
  } catch (error) {
    return message('%1 did not start: %2', name, messageOf(error));
  }
}

/**
 * Makes the chosen backend the current one, or the next best that works.
 *
 * @throws Error when none works, which only a broken browser can cause.
 */
export async function startBackend(choice: BackendChoice): Promise<BackendReport> {
  configure();
  const reasons: Message[] = [];
  const candidates = choice === 'auto' ? ORDER : [choice, ...ORDER.filter(name => name !== choice)];
  for (const name of candidates) {
    const forced = name === choice;
    const obstacle = name === 'webgl' && !forced ? webglObstacle() : null;
    const problem = obstacle ?? (await start(name));
    if (problem === null) {
      return { backend: name, reason: reasons.length > 0 ? joinMessages(reasons, '; ') : null };
    }
    reasons.push(problem);
    if (obstacle === null) {
      dropBackend(name);
    }
  }
  throw new MessageError(message('No backend works: %1.', joinMessages(reasons, '; ')));
}

const factories = new Map<BackendName, ReturnType<typeof tf.findBackendFactory>>();

/** Registers a backend again that was dropped: tfjs forgets its factory with it. */
function register(name: BackendName): void {
  const factory = tf.findBackendFactory(name) ?? factories.get(name);
  factories.set(name, factory);
  if (factory && !tf.findBackendFactory(name)) {
    tf.registerBackend(name, factory);
  }
}

/** Frees a backend, or what is left of it, so that a fresh one can start. */
export function dropBackend(name: BackendName): void {
  tf.removeBackend(name);
}

/** Calls `lost` when the GPU takes its context back, after which nothing on it answers any more. */
export function onContextLost(lost: () => void): void {
  if (tf.getBackend() === 'webgl') {
    const { gl } = (tf.backend() as MathBackendWebGL).gpgpu;
    gl.canvas.addEventListener('webglcontextlost', lost, { once: true });
  }
}
