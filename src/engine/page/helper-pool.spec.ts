import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Request } from '../protocol/worker-messages';
import { HelperPool, WORKER_SETTINGS, workersFor } from './helper-pool';

const MB = 1e6;

describe('workersFor', () => {
  it.each([
    [1, 1],
    [2, 2],
    [3, 2],
    [8, 7]
  ])('of %i cores takes %i', (cores, workers) => {
    expect(workersFor(20 * MB, WORKER_SETTINGS, cores)).toBe(workers);
  });

  it('keeps to the memory: weights twice and 134 MB, for each worker', () => {
    const settings = { ...WORKER_SETTINGS, memory: 1000 * MB };
    expect(workersFor(60 * MB, settings, 16)).toBe(3);
    expect(workersFor(200 * MB, settings, 16)).toBe(1);
    expect(workersFor(2000 * MB, settings, 16)).toBe(1);
  });

  it('takes as many as the user says, whatever the cores', () => {
    expect(workersFor(20 * MB, { ...WORKER_SETTINGS, workers: 3 }, 1)).toBe(3);
    expect(workersFor(20 * MB, { ...WORKER_SETTINGS, workers: 1 }, 8)).toBe(1);
  });
});

class FakeWorker {
  onerror: ((event: object) => void) | null = null;
  onmessageerror: (() => void) | null = null;
  ended = false;
  port: MessagePort | null = null;

  postMessage(request: Request): void {
    this.port = request.call === 'help' ? request.port : null;
  }

  terminate(): void {
    this.ended = true;
    this.port?.close();
  }
}

function setUp(cores = 4) {
  const workers: FakeWorker[] = [];
  const told: Request[] = [];
  const pool = new HelperPool(
    () => {
      workers.push(new FakeWorker());
      return workers[workers.length - 1] as unknown as Worker;
    },
    request => told.push(request),
    () => cores
  );
  const alive = () => workers.filter(({ ended }) => !ended).length;
  const started = () => told.flatMap(request => (request.call === 'helpers' ? [request.started.length] : []));
  return { pool, workers, told, alive, started };
}

const wanted = { bytes: 20 * MB, left: 10_000 };

describe('HelperPool', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('starts helpers once, beside the first worker', () => {
    const { pool, alive, started } = setUp(4);
    pool.want(1, wanted, WORKER_SETTINGS);
    expect(alive()).toBe(2);
    pool.want(2, wanted, WORKER_SETTINGS);
    expect(alive()).toBe(2);
    expect(started()).toEqual([2, 0]);
    pool.dispose();
    expect(alive()).toBe(0);
  });

  it('starts none for little work', () => {
    const { pool, alive, told } = setUp();
    pool.want(1, { ...wanted, left: 100 }, WORKER_SETTINGS);
    expect(alive()).toBe(0);
    expect(told).toEqual([]);
  });

  it('ends those that are too many for the next model, or for a changed setting', () => {
    const { pool, alive, told } = setUp(4);
    pool.want(1, wanted, WORKER_SETTINGS);
    pool.want(2, wanted, { ...WORKER_SETTINGS, workers: 2 });
    expect(alive()).toBe(1);
    expect(told).toContainEqual({ id: 0, call: 'helpersEnded', numbers: [2], lost: false });
    pool.want(3, { ...wanted, bytes: 5000 * MB }, WORKER_SETTINGS);
    expect(alive()).toBe(0);
  });

  it('ends them when nobody has wanted any for a while', () => {
    const { pool, alive } = setUp();
    pool.want(1, wanted, WORKER_SETTINGS);
    pool.want(2, wanted, WORKER_SETTINGS);
    pool.settle(1);
    vi.advanceTimersByTime(100_000);
    expect(alive()).toBe(2);
    pool.settle(2);
    vi.advanceTimersByTime(10_000);
    pool.want(3, wanted, WORKER_SETTINGS);
    vi.advanceTimersByTime(100_000);
    expect(alive()).toBe(2);
    pool.settle(3);
    vi.advanceTimersByTime(30_000);
    expect(alive()).toBe(0);
    pool.want(4, wanted, WORKER_SETTINGS);
    expect(alive()).toBe(2);
    pool.dispose();
  });

  it('tells the first worker of one that is lost, and starts none in its place', () => {
    const { pool, workers, alive, told } = setUp(4);
    pool.want(1, wanted, WORKER_SETTINGS);
    workers[0].onerror?.({ message: 'out of memory' });
    expect(told).toContainEqual({ id: 0, call: 'helpersEnded', numbers: [1], lost: true });
    pool.want(2, wanted, WORKER_SETTINGS);
    expect(alive()).toBe(1);
    pool.lose(2);
    pool.want(3, wanted, WORKER_SETTINGS);
    expect(alive()).toBe(0);
    pool.dispose();
  });
});
