/** Makes the page's engine, in a worker that the bundler builds as a chunk of its own. */
import { EngineClient } from './client';
import type { BackendName } from './protocol';

function createWorker(): Worker {
  return new Worker(/* webpackChunkName: "gradlens-engine" */ new URL('./worker.js', import.meta.url));
}

/** An engine on the backend of the user's choice; it starts working in the background at once. */
export function createEngine(backend: BackendName | 'auto'): EngineClient {
  const client = new EngineClient(createWorker);
  client.setBackend(backend).catch(() => undefined);
  return client;
}
