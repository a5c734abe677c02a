/** The engine that a page carries: the worker's code, gzip and base64. */
import { EngineClient } from '../engine/page/client';
import { message, MessageError } from '../messages/message';
import { decodeBase64 } from '../mime/base64';
import { ENGINE_ID } from '../mime/page-data';

/** True if the page can compute. */
export const carriesEngine = (): boolean => document.getElementById(ENGINE_ID) !== null;

/** Starts the page's engine; rejects with a sentence where the page carries none. */
export async function startEngine(): Promise<EngineClient> {
  const packed = document.getElementById(ENGINE_ID);
  if (!packed) {
    throw new MessageError(message('This page was written without the model: it has what was looked at before.'));
  }
  const bytes = await decodeBase64(packed.textContent ?? '');
  const code = new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip')));
  const url = URL.createObjectURL(new Blob([await code.text()], { type: 'text/javascript' }));
  const client = new EngineClient(() => new Worker(url));
  client.setBackend('auto').catch(() => undefined);
  return client;
}
