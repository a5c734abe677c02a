/** Bundled into a page by worker.browser.spec.ts: the client, talking to the real worker. */
import { english } from '../../messages/message';
import { EngineClient } from '../page/client';
import { runParams } from '../page/run-params';
import type { BackendName, BackendReport, EngineInput, RunParams } from '../protocol/protocol';
import type { Reply } from '../protocol/worker-messages';
import { decode, type StoredTensor } from './numbers';

export interface Answer {
  output: number[];
  map: number[];
  activation: number[];
  target: number;
  backend: string;
  inputSize: [number, number] | null;
  notices: string[];
}

/** Workers that were started and not ended. */
const alive = new Set<Worker>();

class CountedWorker extends Worker {
  constructor(url: string) {
    super(url);
    alive.add(this);
  }

  override terminate(): void {
    alive.delete(this);
    super.terminate();
  }
}

let client = new EngineClient(() => new CountedWorker('/worker.js'));

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), character => character.charCodeAt(0));

export function setBackend(name: BackendName | 'auto'): Promise<BackendReport> {
  return client.setBackend(name);
}

export async function open(url: string): Promise<string[]> {
  const { body } = await fetch(url);
  const { layers } = await client.open({ model: url, name: url.slice(1) }, body!);
  return layers.map(layer => layer.id);
}

function paramsOf(input: EngineInput, layer: string, inputKey: string): RunParams {
  return runParams({
    model: '/small.keras',
    inputKey,
    inputs: { '': input },
    activations: [layer],
    maps: [layer],
    planes: [layer]
  });
}

async function run(input: EngineInput, layer: string, inputKey: string): Promise<Answer> {
  const result = await client.run(paramsOf(input, layer, inputKey));
  return {
    output: [...Object.values(result.outputs)[0].data],
    map: [...result.maps[layer].data],
    activation: [...result.activations[layer].data],
    target: result.targets[0].index,
    backend: result.backend,
    inputSize: result.inputSize,
    notices: result.notices.map(english)
  };
}

export function runTensor(tensor: StoredTensor, layer: string, inputKey: string): Promise<Answer> {
  return run({ kind: 'tensor', tensor: { shape: tensor.shape, data: decode(tensor) } }, layer, inputKey);
}

export function runPicture(png: string, layer: string, inputKey: string): Promise<Answer> {
  return run({ kind: 'picture', png: bytesOf(png), preprocess: 'tf', interpolation: 'bilinear' }, layer, inputKey);
}

/** Starts a run and cancels it at its first progress; the name of the error that this gives. */
export async function cancelled(tensor: StoredTensor, layer: string): Promise<string> {
  const abort = new AbortController();
  const input: EngineInput = { kind: 'tensor', tensor: { shape: tensor.shape, data: decode(tensor) } };
  return client
    .run(paramsOf(input, layer, 'cancelled'), { signal: abort.signal, onProgress: () => abort.abort() })
    .then(
      () => 'no error',
      (error: Error) => error.name
    );
}

/** The sentence that opening these bytes ends with. */
export async function failure(text: string): Promise<string> {
  return client.open({ model: text, name: 'model.h5' }, new TextEncoder().encode(text)).then(
    () => 'no error',
    (error: Error) => error.message
  );
}

/** Of a run of many passes: its map, and how many of the passes helpers did. */
export interface Shared {
  map: number[];
  helped: number;
  notices: string[];
}

export const aliveWorkers = (): number => alive.size;

/** Passes that helpers have done. */
let helped = 0;
/** Gets each answer of a helper before the worker does; false keeps it back. */
let passOn = (_: Worker): boolean => true;

/** A way between worker and helper that leads through the page, which sees what goes by. */
class WatchedChannel {
  readonly port1: MessagePort;
  readonly port2: MessagePort;

  constructor() {
    const [toWorker, toHelper] = [new RealChannel(), new RealChannel()];
    const helper = [...alive].at(-1) as Worker;
    this.port1 = toWorker.port1;
    this.port2 = toHelper.port1;
    toWorker.port2.onmessage = ({ data }) => toHelper.port2.postMessage(data);
    toHelper.port2.onmessage = ({ data }: MessageEvent<Reply>) => {
      const isPass = data.kind === 'result' && ArrayBuffer.isView(data.result);
      helped += Number(isPass);
      if (!isPass || passOn(helper)) {
        toWorker.port2.postMessage(data);
      }
    };
  }
}

const RealChannel = MessageChannel;
globalThis.MessageChannel = WatchedChannel;

/** Runs a method of many passes on so many workers. */
export async function runShared(
  tensor: StoredTensor,
  layer: string,
  wanted: Partial<RunParams>,
  workers: number,
  disturb: 'nothing' | 'end a helper' | 'cancel' = 'nothing'
): Promise<Shared> {
  client.setWorkers({ workers, worth: 0 });
  const before = helped;
  const abort = new AbortController();
  const input: EngineInput = { kind: 'tensor', tensor: { shape: tensor.shape, data: decode(tensor) } };
  const params = { ...paramsOf(input, layer, 'shared'), activations: [], planes: [], ...wanted };
  passOn = helper => {
    if (disturb === 'end a helper') {
      helper.terminate();
      helper.dispatchEvent(new ErrorEvent('error', { message: 'out of memory' }));
    } else if (disturb === 'cancel') {
      abort.abort();
    }
    passOn = () => true;
    return disturb === 'nothing';
  };
  const result = await client.run(params, { signal: abort.signal });
  return { map: [...result.maps[layer].data], helped: helped - before, notices: result.notices.map(english) };
}

/** A new worker; `query` may hold tfjs' flags, as `?tfjsflags=NAME:value`. */
export function restart(query = ''): void {
  client.dispose();
  client = new EngineClient(() => new CountedWorker(`/worker.js${query}`));
}
