/** The worker, in which the GPU is taken away in the middle of the second run. */
import '../worker/worker';
import { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import * as tf from '@tensorflow/tfjs-core';
import type { Request } from '../protocol/worker-messages';

let runs = 0;
self.addEventListener('message', (event: MessageEvent<Request>) => {
  if (event.data.call === 'run' && ++runs === 2) {
    const backend = tf.backend();
    if (backend instanceof MathBackendWebGL) {
      backend.gpgpu.gl.getExtension('WEBGL_lose_context')?.loseContext();
    }
  }
});
