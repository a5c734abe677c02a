import { describe, expect, it, vi } from 'vitest';
import type { RunParams, RunResult } from '../../engine/protocol/protocol';
import type { ModelPayload } from '../../mime/payload';
import { fakeModelView } from '../../widgets/testing/fake-model';
import { Experiment, type ExperimentStore } from './experiment';
import { begun, done, redone, undone } from './history';
import { coverOf, markedBy, maskShape, withRegion } from './masks';

const ALL = { shape: [1, 1] as [number, number], runs: [0, 1] };

async function opened(store: ExperimentStore | null = null, payload: Partial<ModelPayload> = {}) {
  const { controller, engine, runs } = fakeModelView({}, payload);
  await controller.start();
  const experiment = new Experiment(controller, store);
  experiment.isOpen = true;
  runs.length = 0;
  return { experiment, engine, runs };
}

const perturbationOf = ({ inputs }: RunParams) => Object.values(inputs)[0].perturbation;

describe('Experiment', () => {
  it('asks for the scores first, then for the map of the class that was explained', async () => {
    const { experiment, runs } = await opened();
    experiment.change({ cover: ALL, fill: 'grey' });
    await vi.waitFor(() => expect(experiment.snapshot.answered?.hasMap).toBe(true));
    expect(runs.map(({ maps }) => maps)).toEqual([[], ['conv2']]);
    expect(runs.map(({ target }) => target)).toEqual([0, 0]);
    expect(runs.map(perturbationOf)).toEqual(Array(2).fill({ cover: ALL, fill: 'grey' }));
    expect(new Set(runs.map(({ inputKey }) => inputKey)).size).toBe(1);
  });

  it('cancels what is computed of an older change: the newest wins', async () => {
    const { experiment, engine } = await opened();
    const signals: AbortSignal[] = [];
    const answer = engine.run.getMockImplementation() as (params: RunParams) => Promise<RunResult>;
    engine.run.mockImplementation(async (params: RunParams, options: { signal: AbortSignal }) => {
      signals.push(options.signal);
      return signals.length === 1 ? new Promise(() => undefined) : answer(params);
    });
    experiment.change({ brightness: 0.1 });
    await vi.waitFor(() => expect(signals).toHaveLength(1));
    experiment.change({ brightness: 0.2 });
    expect(signals[0].aborted).toBe(true);
    await vi.waitFor(() => expect(experiment.snapshot.answered?.perturbation).toEqual({ brightness: 0.2 }));
  });

  it('asks nothing where nothing is changed, and forgets the answer', async () => {
    const { experiment, runs } = await opened();
    experiment.change({ soft: 3 });
    expect(runs).toEqual([]);
    experiment.change({ cover: ALL });
    await vi.waitFor(() => expect(experiment.snapshot.answered).not.toBeNull());
    experiment.undo();
    expect(experiment.snapshot.answered).toBeNull();
  });

  it('names the model of what is kept, where there are several', async () => {
    const models = [1, 2].map(epoch => ({ path: `${epoch}.keras`, name: `s, epoch ${epoch}`, epoch }));
    for (const [payload, name] of [[{}, undefined] as const, [{ models, model: models[1] }, 's, epoch 1'] as const]) {
      const { experiment } = await opened(null, payload);
      experiment.change({ cover: ALL });
      await vi.waitFor(() => expect(experiment.snapshot.answered).not.toBeNull());
      experiment.keep('all');
      expect(experiment.snapshot.entries[0].model).toBe(name);
    }
  });

  it('goes on to the map at once where what was drawn is what it is to be', async () => {
    const { experiment, runs } = await opened();
    experiment.draw({ cover: ALL });
    await vi.waitFor(() => expect(experiment.snapshot.answered).not.toBeNull());
    expect(runs).toHaveLength(1);
    experiment.change();
    await vi.waitFor(() => expect(experiment.snapshot.answered?.hasMap).toBe(true));
    expect(runs.map(({ maps }) => maps)).toEqual([[], ['conv2']]);
  });

  it('asks the engine to keep one perturbed input, not each stroke', async () => {
    const { experiment, runs } = await opened();
    experiment.change({ cover: ALL });
    await vi.waitFor(() => expect(experiment.snapshot.answered?.hasMap).toBe(true));
    expect(runs.map(({ isPassing }) => isPassing)).toEqual([true, true]);
  });

  it('shows the map of before until the one of the newest change is there', async () => {
    const { experiment, engine } = await opened();
    experiment.change({ cover: ALL });
    await vi.waitFor(() => expect(experiment.snapshot.mapped).not.toBeNull());
    const { mapped } = experiment.snapshot;
    engine.run.mockImplementation(() => new Promise(() => undefined));
    experiment.change({ fill: 'grey' });
    expect(experiment.snapshot.mapped).toBe(mapped);
    experiment.change({ cover: undefined, fill: undefined });
    expect(experiment.snapshot.mapped).toBeNull();
  });

  it('is kept where its view is, and there again', async () => {
    const kept: unknown[] = [];
    const store: ExperimentStore = {
      get experiments() {
        return kept.at(-1);
      },
      keepExperiments: experiments => void kept.push(structuredClone(experiments))
    };
    const { experiment } = await opened(store);
    experiment.draw({ cover: ALL });
    expect(kept).toEqual([]);
    experiment.change();
    await vi.waitFor(() => expect(experiment.snapshot.answered).not.toBeNull());
    experiment.keep('all');
    expect(kept).toHaveLength(2);

    const again = (await opened(store)).experiment;
    expect(again.now).toEqual({ cover: ALL });
    expect(again.snapshot.entries.map(({ name }) => name)).toEqual(['all']);
    await vi.waitFor(() => expect(again.snapshot.answered?.hasMap).toBe(true));
    // Looking at it changes nothing.
    expect(kept).toHaveLength(2);
    again.remove('all');
    again.change({ cover: undefined });
    expect(kept.at(-1)).toBeUndefined();
  });

  it('keeps what is on the screen under a name, once', async () => {
    const { experiment } = await opened();
    experiment.change({ cover: ALL });
    await vi.waitFor(() => expect(experiment.snapshot.answered).not.toBeNull());
    experiment.keep('all');
    experiment.keep('all');
    expect(experiment.snapshot.entries.map(({ name }) => name)).toEqual(['all']);
  });
});

describe('history', () => {
  it('undoes and does again, until something else is done', () => {
    const two = done(done(begun(0), 1), 2);
    expect([undone(two).now, undone(undone(two)).now, undone(undone(undone(two))).now]).toEqual([1, 0, 0]);
    expect(redone(undone(two)).now).toBe(2);
    expect(redone(done(undone(two), 3)).now).toBe(3);
  });
});

describe('a long history', () => {
  it('forgets the oldest steps', () => {
    let history = begun(0);
    for (let i = 1; i <= 1000; i++) {
      history = done(history, i);
    }
    expect(history.past).toHaveLength(200);
    for (let i = 0; i < 1000; i++) {
      history = undone(history);
    }
    expect(history).toMatchObject({ past: [], now: 800 });
    expect(history.future).toHaveLength(200);
  });
});

describe('masks', () => {
  it('are a picture’s pixels, of a large one blocks of them', () => {
    expect(maskShape({ width: 128, height: 96 })).toEqual([96, 128]);
    expect(maskShape({ width: 2048, height: 1024 })).toEqual([256, 512]);
  });

  it('cover the pixels whose middle lies in a rectangle', () => {
    const region = { kind: 'rectangle' as const, x0: 0.3, y0: 0, x1: 1, y1: 0.4 };
    const cells = withRegion(new Uint8Array(8), [2, 4], region, 1);
    expect([...cells]).toEqual([0, 1, 1, 1, 0, 0, 0, 0]);
    expect(coverOf(cells, [2, 4])).toEqual({ shape: [2, 4], runs: [1, 3, 4] });
  });

  it('take what reaches a share of the map’s largest value, and nothing of a map without any', () => {
    const map = { height: 1, width: 2, region: { u0: 0, v0: 0, u1: 1, v1: 1 } };
    // Bilinear between the cells' middles: 0, 1, 3, 4.
    const marked = markedBy({ ...map, values: Float32Array.of(0, 4) }, [1, 4], 0.5);
    expect([...marked]).toEqual([0, 0, 1, 1]);
    expect([...markedBy({ ...map, values: new Float32Array(2) }, [1, 4], 0.5)]).toEqual([0, 0, 0, 0]);
  });
});
