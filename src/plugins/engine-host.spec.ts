import { describe, expect, it, vi } from 'vitest';
import type { EngineClient } from '../engine/page/client';
import { EngineHost, type EngineSettings } from './engine-host';

function bench() {
  const settings: { -readonly [K in keyof EngineSettings]: EngineSettings[K] } = {
    ready: Promise.resolve(),
    backend: 'auto',
    forwardCache: 100,
    workers: null,
    workerMemory: 2e9
  };
  const client = {
    setCacheBudget: vi.fn(),
    setWorkers: vi.fn(),
    setBackend: vi.fn(async () => undefined),
    close: vi.fn(),
    dispose: vi.fn()
  };
  const createEngine = vi.fn(() => client as unknown as EngineClient);
  const load = vi.fn(async () => ({ createEngine }));
  const changed = vi.fn();
  return { settings, client, createEngine, load, changed, host: new EngineHost(settings, load, changed) };
}

describe('EngineHost', () => {
  it('starts at the first call, once, with the settings of then', async () => {
    const { settings, client, createEngine, load, host } = bench();
    expect(load).not.toHaveBeenCalled();
    settings.backend = 'cpu';
    const [first, second] = await Promise.all([host.get(), host.get()]);
    expect(second).toBe(first);
    expect(createEngine.mock.calls).toEqual([['cpu', expect.any(Function)]]);
    expect(client.setCacheBudget).toHaveBeenCalledWith(100);
    expect(client.setWorkers).toHaveBeenCalledWith({ workers: null, memory: 2e9 });
  });

  it('ends the engine, and starts none for that', async () => {
    const { client, load, host } = bench();
    host.dispose();
    expect(load).not.toHaveBeenCalled();
    await host.get();
    host.dispose();
    await vi.waitFor(() => expect(client.dispose).toHaveBeenCalledTimes(1));
  });

  it('fetches the chunk again after a failure', async () => {
    const { load, host, createEngine } = bench();
    load.mockRejectedValueOnce(new Error('no connection'));
    await expect(host.get()).rejects.toThrow('no connection');
    await host.get();
    expect(load).toHaveBeenCalledTimes(2);
    expect(createEngine).toHaveBeenCalledTimes(1);
  });

  it('changes the backend of the engine that runs, and then tells the views', async () => {
    const { settings, client, changed, host } = bench();
    await host.get();
    settings.backend = 'wasm';
    host.update();
    expect(changed).not.toHaveBeenCalled();
    await vi.waitFor(() => expect(changed).toHaveBeenCalledTimes(1));
    expect(client.setBackend.mock.calls).toEqual([['wasm']]);
    host.update();
    await host.get();
    expect(client.setBackend).toHaveBeenCalledTimes(1);
  });

  it('takes over another budget, and starts nothing for settings or models alone', async () => {
    const { settings, client, load, host } = bench();
    host.update();
    host.closeModel('m');
    expect(load).not.toHaveBeenCalled();
    await host.get();
    [settings.forwardCache, settings.workers] = [7, 3];
    host.update();
    host.closeModel('m');
    await host.get();
    expect(client.setCacheBudget).toHaveBeenLastCalledWith(7);
    expect(client.setWorkers).toHaveBeenLastCalledWith({ workers: 3, memory: 2e9 });
    expect(client.close).toHaveBeenCalledWith('m');
  });
});
