/** Makes the page's engine, in a worker that the bundler builds as a chunk of its own. */
import type { BackendName } from '../protocol/protocol';
import { EngineClient } from './client';

function createWorker(): Worker {
  return new Worker(/* webpackChunkName: "gradlens-engine" */ new URL('../worker/worker.js', import.meta.url));
}

/** An engine on the backend of the user's choice; it starts working in the background at once. */
export function createEngine(backend: BackendName | 'auto', onEnded?: () => void): EngineClient {
  const client = new EngineClient(createWorker, onEnded);
  client.setBackend(backend).catch(() => undefined);
  return client;
}
