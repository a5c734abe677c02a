import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { verbatim } from '../../messages/message';
import { abortByHand } from '../protocol/errors';
import type { Reply, Request } from '../protocol/worker-messages';
import { request } from '../testing/engines';
import { EngineClient } from './client';

/** A worker that answers when the test says so. */
class FakeWorker {
  onmessage: ((event: { data: Reply }) => void) | null = null;
  onerror: ((event: { message: string }) => void) | null = null;
  onmessageerror: (() => void) | null = null;
  received: Request[] = [];
  terminated = false;

  postMessage(message: Request, transfer: ArrayBuffer[] = []): void {
    this.received.push(structuredClone(message, { transfer }));
  }

  terminate(): void {
    this.terminated = true;
  }

  /** The last call of this kind; throws if there was none. */
  last(call: Request['call']): Request {
    const found = this.received.findLast(message => message.call === call);
    if (!found) {
      throw new Error(`the worker was sent no ${call}`);
    }
    return found;
  }

  answer(call: Request['call'], reply: object): void {
    this.onmessage?.({ data: { id: this.last(call).id, ...reply } as Reply });
  }
}

function setUp(onEnded?: () => void) {
  const workers: FakeWorker[] = [];
  const client = new EngineClient(() => {
    const worker = new FakeWorker();
    workers.push(worker);
    return worker as unknown as Worker;
  }, onEnded);
  return { client, workers };
}

const model = { model: 'key', name: 'model.h5' };
const params = request({ shape: [1], data: new Float32Array(1) });
/** Lets promises settle. */
const settle = () => new Promise(resolve => setImmediate(resolve));

describe('EngineClient', () => {
  it('starts its worker at the first call and returns the answer', async () => {
    const { client, workers } = setUp();
    expect(workers).toHaveLength(0);
    const report = client.setBackend('wasm');
    workers[0].answer('setBackend', { kind: 'result', result: { backend: 'wasm', reason: '' } });
    expect(await report).toEqual({ backend: 'wasm', reason: '' });
  });

  it('gives the worker the files beside a model that it asks for, or why there are none', async () => {
    const { client, workers } = setUp();
    const sibling = async (path: string) => {
      if (path !== 'shard.bin') {
        throw new Error('There is no such file.');
      }
      return new Uint8Array([9, 1, 2, 9]).subarray(1, 3);
    };
    const opening = client.open(model, new Uint8Array(3), { sibling });
    await settle();
    workers[0].answer('open', { kind: 'sibling', path: 'shard.bin' });
    await settle();
    expect(workers[0].last('sibling')).toEqual({
      id: workers[0].last('open').id,
      call: 'sibling',
      path: 'shard.bin',
      file: new Uint8Array([1, 2])
    });
    workers[0].answer('open', { kind: 'sibling', path: 'other.bin' });
    await settle();
    expect(workers[0].last('sibling')).toMatchObject({ path: 'other.bin', file: verbatim('There is no such file.') });
    workers[0].answer('open', { kind: 'result', result: { name: 'read' } });
    expect(await opening).toEqual({ name: 'read' });
  });

  it('sends a file in parts, whole, and reports how far it is', async () => {
    const { client, workers } = setUp();
    const done: number[] = [];
    const whole = new Uint8Array([1, 2, 3, 4, 5, 6]);
    async function* source() {
      yield whole.slice(0, 2);
      yield whole.subarray(2);
    }
    const opening = client.open(model, source(), { total: 6, onProgress: progress => done.push(progress.done) });
    await settle();
    const parts = workers[0].received.flatMap(message => (message.call === 'chunk' ? [...message.bytes] : []));
    expect(parts).toEqual([1, 2, 3, 4, 5, 6]);
    expect(done).toEqual([2, 6]);
    expect(whole).toHaveLength(6);
    workers[0].answer('end', { kind: 'result', result: { model: 'key' } });
    expect(await opening).toEqual({ model: 'key' });
  });

  it('reads a model once for two views, and again when the first gives up', async () => {
    const { client, workers } = setUp();
    const abort = new AbortController();
    let reads = 0;
    const source = async function* () {
      reads++;
      yield new Uint8Array(1);
    };
    const first = client.open(model, source(), { signal: abort.signal });
    const second = client.open(model, source());
    await settle();
    expect(reads).toBe(1);
    abort.abort();
    await expect(first).rejects.toMatchObject({ name: 'AbortError' });
    await settle();
    expect(reads).toBe(2);
    workers[0].answer('end', { kind: 'result', result: { model: 'key' } });
    expect(await second).toEqual({ model: 'key' });
  });

  it('rejects with an AbortError at once and tells the worker', async () => {
    const { client, workers } = setUp();
    const abort = new AbortController();
    const run = client.run(params, { signal: abort.signal });
    abort.abort();
    await expect(run).rejects.toMatchObject({ name: 'AbortError' });
    expect(workers[0].last('cancel').id).toBe(workers[0].last('run').id);
    await expect(client.run(params, { signal: abort.signal })).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('stops reading when it is cancelled, even while the source hangs', async () => {
    const { client } = setUp();
    const abort = new AbortController();
    const source = async function* () {
      await new Promise(() => undefined);
      yield new Uint8Array(1);
    };
    const opening = client.open(model, source(), { signal: abort.signal });
    await settle();
    abort.abort();
    await expect(opening).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('passes sentences on as EngineErrors, and progress', async () => {
    const { client, workers } = setUp();
    const phases: string[] = [];
    const run = client.run(params, { onProgress: ({ phase }) => phases.push(phase) });
    workers[0].answer('run', { kind: 'progress', progress: { phase: 'forward', done: 1, total: 2 } });
    workers[0].answer('run', {
      kind: 'error',
      name: 'ModelError',
      message: verbatim('The file is no model.'),
      isLasting: true,
      fatal: false
    });
    await expect(run).rejects.toMatchObject({
      name: 'ModelError',
      message: 'The file is no model.',
      isLasting: true
    });
    expect(phases).toEqual(['forward']);
  });

  it('rejects all calls of a worker that dies and starts another, on the same backend', async () => {
    const { client, workers } = setUp();
    client.setBackend('cpu').catch(() => undefined);
    const run = client.run(params);
    workers[0].onerror?.({ message: 'out of memory' });
    await expect(run).rejects.toThrow('The computation stopped unexpectedly (out of memory)');
    expect(workers[0].terminated).toBe(true);
    client.run(params).catch(() => undefined);
    expect(workers[1].last('setBackend')).toMatchObject({ backend: 'cpu' });
    expect(workers[1].last('run')).toMatchObject({ params: { model: 'model' } });
    client.dispose();
  });

  it('replaces a worker whose kernels broke', async () => {
    const { client, workers } = setUp();
    const run = client.run(params);
    workers[0].answer('run', { kind: 'error', name: 'RuntimeError', message: verbatim('unreachable'), fatal: true });
    await expect(run).rejects.toThrow('stopped unexpectedly (unreachable)');
    expect(workers[0].terminated).toBe(true);
  });
});

describe('a worker that does not answer', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** Two calls, of which the worker says that it works on the first, and is silent then. */
  function stuck() {
    const ended = vi.fn();
    const { client, workers } = setUp(ended);
    const abort = new AbortController();
    const phases: string[] = [];
    const culprit = client.run(params, { onProgress: ({ phase, done }) => phases.push(`${phase} ${done}`) });
    workers[0].answer('run', { kind: 'heard' });
    const waiting = client.run(params);
    const cancelled = client.run(params, { signal: abort.signal });
    const outcomes = Promise.allSettled([culprit, waiting, cancelled]);
    return { client, workers, abort, phases, outcomes, ended };
  }

  it('is ended within two seconds of a cancelling by hand; what it worked on is refused', async () => {
    const { client, workers, abort, outcomes, ended } = stuck();
    abort.abort(abortByHand());
    await vi.advanceTimersByTimeAsync(2000);
    expect(workers[0].terminated).toBe(true);
    expect(ended).toHaveBeenCalledOnce();
    const [culprit, waiting, cancelled] = (await outcomes) as PromiseRejectedResult[];
    expect(culprit.reason).toMatchObject({
      message: expect.stringMatching(/^The computation did not end, nor answer/)
    });
    expect(waiting.reason).toMatchObject({ message: expect.stringMatching(/because another did not answer/) });
    expect(cancelled.reason).toMatchObject({ name: 'AbortError' });
    client.run(params).catch(() => undefined);
    expect(workers[1].last('run')).toBeDefined();
    client.dispose();
  });

  it('is given longer where nobody cancelled by hand', async () => {
    const { workers, abort } = stuck();
    abort.abort();
    await vi.advanceTimersByTimeAsync(15_000);
    expect(workers[0].terminated).toBe(false);
    await vi.advanceTimersByTimeAsync(6000);
    expect(workers[0].terminated).toBe(true);
  });

  it('is not ended when it answers in time', async () => {
    const { client, workers, abort, outcomes } = stuck();
    abort.abort(abortByHand());
    workers[0].answer('ping', { kind: 'heard' });
    await vi.advanceTimersByTimeAsync(30_000);
    expect(workers[0].terminated).toBe(false);
    client.dispose();
    await outcomes;
  });

  it('is said to be silent, until it answers', async () => {
    const { client, workers, phases, outcomes } = stuck();
    await vi.advanceTimersByTimeAsync(26_000);
    expect(phases).toEqual(['silent 20']);
    workers[0].answer('ping', { kind: 'heard' });
    await vi.advanceTimersByTimeAsync(20_000);
    expect(phases).toEqual(['silent 20']);
    client.dispose();
    await outcomes;
  });

  it('is not asked while it has nothing to do', async () => {
    const { client, workers } = setUp();
    const report = client.setBackend('cpu');
    workers[0].answer('setBackend', { kind: 'result', result: { backend: 'cpu', reason: null } });
    await report;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(workers[0].received.map(({ call }) => call)).toEqual(['setBackend']);
  });
});
