import { describe, expect, it, vi } from 'vitest';
import type { FetchSibling } from '../../formats/tfjs/weights-tfjs';
import { ModelError, type ModelGraph } from '../../graph/model-graph';
import { english, message } from '../../messages/message';
import type { Reply } from '../protocol/worker-messages';
import { Service } from './service';

// No backend is needed, and Node cannot import their files.
vi.mock('../backend/backends', () => ({ startBackend: () => new Promise(() => undefined) }));
vi.mock('./reserve', () => ({ reserveFor: () => undefined }));

/** Lets promises settle. */
const settle = () => new Promise(resolve => setImmediate(resolve));

/** A service whose reader does what the test says; what it answers. */
function setUp(readModel: (fetchSibling: FetchSibling) => Promise<ModelGraph>) {
  const replies: Reply[] = [];
  const service = new Service(
    {
      readModel: (_bytes, _name, fetchSibling) => readModel(fetchSibling!),
      summarize: () => {
        throw new Error('nothing is summarized');
      },
      decode: () => Promise.reject(new Error('nothing is decoded'))
    },
    reply => void replies.push(reply)
  );
  const open = (id: number) => {
    service.receive({ id, call: 'open', params: { model: 'key', name: 'm.json' }, total: 1 });
    service.receive({ id, call: 'end' });
  };
  const of = (id: number) => replies.filter(reply => reply.id === id && reply.kind !== 'progress');
  return { service, open, of };
}

describe('Service', () => {
  it('asks once for a file that a model names twice, and gives it to both', async () => {
    const { service, open, of } = setUp(async fetchSibling => {
      const parts = await Promise.all([fetchSibling('s.bin'), fetchSibling('s.bin')]);
      throw new ModelError(message('%1 bytes', parts[0].length + parts[1].length));
    });
    open(1);
    await settle();
    expect(of(1).filter(({ kind }) => kind === 'sibling')).toEqual([{ id: 1, kind: 'sibling', path: 's.bin' }]);
    service.receive({ id: 1, call: 'sibling', path: 's.bin', file: new Uint8Array(3) });
    await settle();
    const last = of(1).at(-1);
    expect(last?.kind === 'error' && english(last.message)).toBe('6 bytes');
  });

  it('does other work while a model waits for its files, and stops waiting when it is cancelled', async () => {
    const { service, open, of } = setUp(async fetchSibling => {
      await fetchSibling('s.bin');
      throw new Error('it came');
    });
    open(1);
    await settle();
    service.receive({ id: 2, call: 'close', model: 'other' });
    await settle();
    expect(of(2).at(-1)).toEqual({ id: 2, kind: 'result', result: null });
    service.receive({ id: 1, call: 'cancel' });
    await settle();
    expect(of(1).at(-1)).toMatchObject({ kind: 'error', name: 'AbortError' });
  });

  it('says that it hears, and what it begins', async () => {
    const { service, of } = setUp(() => new Promise(() => undefined));
    service.receive({ id: 0, call: 'ping' });
    expect(of(0)).toEqual([{ id: 0, kind: 'heard' }]);
    service.receive({ id: 3, call: 'close', model: 'other' });
    await settle();
    expect(of(3).map(({ kind }) => kind)).toEqual(['heard', 'result']);
  });
});
