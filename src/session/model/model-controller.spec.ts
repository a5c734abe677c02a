import { describe, expect, it } from 'vitest';
import type { ServedFile } from '../../delivery/served-file';
import type { EngineClient } from '../../engine/page/client';
import type { RunParams } from '../../engine/protocol/protocol';
import type { ModelSummary } from '../../graph/layer-info';
import { layerInfo } from '../../graph/testing/layer-info';
import { english } from '../../messages/message';
import type { Kept } from '../../mime/kept';
import type { Fingerprint, ModelFile, ModelPayload } from '../../mime/payload';
import { LinkGroup } from '../view/link-group';
import { ViewSession } from '../view/view-session';
import { isStopped } from './explained';
import { ModelController } from './model-controller';
import { ModelShelf } from './opening/model-shelf';

const layer = layerInfo('conv');

/** An engine that counts what it reads and runs, over a file that a test may change. */
function bench(): {
  controller(id: string, saw?: Fingerprint, taken?: Fingerprint, models?: ModelFile[]): ModelController;
  /** Does something once, when the worker is asked next whether it has a model. */
  onceAsked(act: () => void): void;
  /** Parts that controllers asked to be kept. */
  kept: Kept[];
  opened: string[];
  closed: string[];
  runs: RunParams[];
  /** Makes the file another one. */
  change(): void;
  /** Kills the worker: it forgets its models. */
  crash(): void;
} {
  let version = 1;
  let onceAsked = (): void => undefined;
  const held = new Map<string, ModelSummary>();
  const opened: string[] = [];
  const closed: string[] = [];
  const runs: RunParams[] = [];
  const links = new LinkGroup();
  const engine = {
    has: async (model: string) => {
      const act = onceAsked;
      onceAsked = () => undefined;
      act();
      return held.has(model);
    },
    open: async ({ model, name }: { model: string; name: string }) => {
      if (!held.has(model)) {
        opened.push(model);
        held.set(model, {
          model,
          name,
          format: 'keras-zip',
          kerasVersion: null,
          inputs: [],
          outputs: [],
          layers: [layer],
          defaultLayer: 'conv',
          parameters: 0,
          bytes: 10,
          notices: [],
          scalings: {},
          fingerprint: { size: 10, hash: `${version}`.repeat(64) },
          undeclared: []
        });
      }
      return held.get(model);
    },
    run: async (params: RunParams) => {
      runs.push(params);
      return { targets: [{ index: 0, score: 1 }], maps: {}, planes: {}, notices: [] };
    },
    close: async (model: string) => {
      closed.push(model);
      held.delete(model);
    }
  } as unknown as EngineClient;
  const shelf = new ModelShelf(
    () => 0,
    model => void engine.close(model)
  );
  const locate = async (path: string): Promise<ServedFile> => ({
    key: `${path}|${version}`,
    place: path,
    name: path,
    size: 10,
    stream: () => [] as unknown as AsyncIterable<Uint8Array>,
    sibling: async () => new Uint8Array(),
    head: async () => new Uint8Array()
  });
  const kept: Kept[] = [];
  const payload = (id: string, fingerprint?: Fingerprint): ModelPayload => ({
    version: 1,
    kind: 'model',
    id,
    model: { path: 'm.keras', name: 'm.keras', ...(fingerprint ? { fingerprint } : {}) },
    images: [{ name: 'a', picture: 'AAAA' }],
    preprocess: null,
    interpolation: 'bilinear'
  });
  return {
    kept,
    controller: (id, saw, taken, models) =>
      new ModelController(
        { ...payload(id, saw), ...(models ? { models, model: models[0] } : {}) },
        new ViewSession(id),
        {
          taken,
          keep: decided => void kept.push(decided),
          engine: async () => engine,
          locate,
          readFile: noFile,
          shelf,
          links
        }
      ),
    opened,
    closed,
    runs,
    onceAsked: act => void (onceAsked = act),
    change: () => void version++,
    crash: () => held.clear()
  };
}

const noFile = (): Promise<Uint8Array> => Promise.reject(new Error('no file is read'));

describe('many views of one model', () => {
  it('read it once, and free it with the last of them', async () => {
    const { controller, opened, closed } = bench();
    const views = Array.from({ length: 100 }, (_, i) => controller(`view ${i}`));
    await Promise.all(views.map(view => view.start()));
    expect(opened).toEqual(['m.keras|1']);
    views.slice(1).forEach(view => view.dispose());
    expect(closed).toEqual([]);
    views[0].dispose();
    expect(closed).toEqual(['m.keras|1']);
  });

  it('leave nothing that listens to a session whose view is closed', async () => {
    const { controller, runs } = bench();
    const view = controller('a');
    await view.start();
    view.dispose();
    view.session.update({ method: 'layer-cam' });
    await Promise.resolve();
    expect(runs).toHaveLength(1);
  });
});

it('a model chosen while another is asked for is not compared with the file of that', async () => {
  const { controller, change, onceAsked } = bench();
  const models = [1, 2].map(version => ({
    path: `m${version}.keras`,
    name: `m${version}.keras`,
    fingerprint: { size: 10, hash: `${version}`.repeat(64) }
  }));
  const view = controller('a', undefined, undefined, models);
  await view.start();
  const files = new Set<string>();
  view.changed.connect(() => files.add(view.snapshot.file));
  change();
  onceAsked(() => view.session.update({ model: 1 }));
  view.session.update({ method: 'layer-cam' });
  await expect.poll(() => view.isUpToDate && view.snapshot.model?.name).toBe('m2.keras');
  expect([...files]).toEqual(['same']);
});

describe('a file that changed', () => {
  it('is noticed, offered, and read again when asked', async () => {
    const { controller, opened, closed, change } = bench();
    const view = controller('a');
    await view.start();
    change();
    await view.checkFile();
    expect(view.snapshot.isOutdated).toBe(true);
    expect(opened).toHaveLength(1);
    await view.reopen();
    expect(view.snapshot.isOutdated).toBe(false);
    expect(opened).toEqual(['m.keras|1', 'm.keras|2']);
    expect(closed).toEqual(['m.keras|1']);
    view.dispose();
  });

  it('is not asked for again at once', async () => {
    const { controller, change } = bench();
    const view = controller('a');
    await view.start();
    await view.checkFile();
    change();
    await view.checkFile();
    expect(view.snapshot.isOutdated).toBe(false);
    view.dispose();
  });
});

describe('a file that is not the one that the cell saw', () => {
  const version = (number: number): Fingerprint => ({ size: 10, hash: `${number}`.repeat(64) });

  it('is run if it is the one', async () => {
    const { controller, runs } = bench();
    const view = controller('a', version(1));
    await view.start();
    expect([view.snapshot.file, runs.length]).toEqual(['same', 1]);
  });

  it('is not run before the user takes it, which is kept', async () => {
    const { controller, runs, kept } = bench();
    const view = controller('a', version(7));
    await view.start();
    expect(view.snapshot).toMatchObject({ file: 'asked', model: null, explained: null, busy: null, problem: null });
    expect(isStopped(view.snapshot)).toBe(true);
    view.declineFile();
    await view.start();
    expect([view.snapshot.file, runs.length, kept]).toEqual(['declined', 0, []]);
    await view.takeFile();
    expect([view.snapshot.file, runs.length, kept]).toEqual(['taken', 1, [{ file: version(1) }]]);
    expect(isStopped(view.snapshot)).toBe(false);
  });

  it('is run if it was taken before, and asked about if it is yet another', async () => {
    const { controller, runs, kept, change } = bench();
    const view = controller('a', version(7), version(1));
    await view.start();
    expect([view.snapshot.file, runs.length, kept]).toEqual(['taken', 1, []]);
    change();
    await view.reopen();
    expect([view.snapshot.file, runs.length]).toEqual(['asked', 1]);
  });

  it('is taken where the user asks to read it again', async () => {
    const { controller, kept, change } = bench();
    const view = controller('a', version(1));
    await view.start();
    change();
    await view.readAgain();
    expect([view.snapshot.file, kept]).toEqual(['taken', [{ file: version(2) }]]);
  });

  it('is asked about when the cell tells late which it saw; what was computed of it goes', async () => {
    const { controller } = bench();
    const view = controller('a');
    await view.start();
    view.expect(version(1));
    expect(view.snapshot).toMatchObject({ file: 'same' });
    expect(view.snapshot.explained).not.toBeNull();
    view.expect(version(7));
    await expect.poll(() => view.snapshot.file).toBe('asked');
    expect(view.snapshot.explained).toBeNull();
  });
});

it('is up to date when what is shown is what is asked for', async () => {
  const view = bench().controller('a');
  expect(view.isUpToDate).toBe(false);
  await view.start();
  expect(view.isUpToDate).toBe(true);
  view.session.update({ target: 3 });
  expect(view.isUpToDate).toBe(false);
  // From the first moment: a save between would take what is on the screen for all that there is.
  expect(view.snapshot.busy).not.toBeNull();
  await expect.poll(() => view.isUpToDate).toBe(true);
  expect(view.snapshot.busy).toBeNull();
});

it('reads the model again when the worker lost it', async () => {
  const { controller, opened, crash } = bench();
  const view = controller('a');
  await view.start();
  crash();
  await view.start();
  expect(opened).toEqual(['m.keras|1', 'm.keras|1']);
  expect(view.snapshot.problem).toBeNull();
  view.dispose();
});

describe('a view without images', () => {
  it('opens the model and waits; revise gives it some', async () => {
    const { controller, runs } = bench();
    const view = controller('a');
    const [image] = view.payload.images;
    await view.revise({ images: [] });
    expect([view.snapshot.model?.name, view.snapshot.busy, runs.length]).toEqual(['m.keras', null, 0]);
    await view.revise({ images: [image] });
    await view.revise({ preprocess: 'tf' });
    expect(runs).toHaveLength(2);
    // Other inputs under one key would be answered from the cache.
    expect(new Set(runs.map(run => run.inputKey)).size).toBe(2);
    view.dispose();
  });
});

describe('what a payload asks of the engine', () => {
  const summary = (patch: Partial<ModelSummary>): ModelSummary =>
    ({
      model: 'm',
      name: 'm',
      inputs: [],
      outputs: [],
      layers: [layer],
      defaultLayer: 'conv',
      notices: [],
      bytes: 1,
      ...patch
    }) as unknown as ModelSummary;
  async function explained(
    payload: Partial<ModelPayload>,
    model: ModelSummary
  ): Promise<{ runs: RunParams[]; controller: ModelController }> {
    const runs: RunParams[] = [];
    const engine = {
      has: async () => false,
      open: async () => model,
      run: async (params: RunParams) => {
        runs.push(params);
        return { targets: [], maps: {}, planes: {}, notices: [] };
      }
    } as unknown as EngineClient;
    const locate = async (): Promise<ServedFile> =>
      ({ key: 'm', place: 'm', name: 'm', size: 1, stream: () => [] }) as unknown as ServedFile;
    const controller = new ModelController(
      {
        version: 1,
        kind: 'model',
        id: 'x',
        model: { path: 'm', name: 'm' },
        images: [{ name: 'a', picture: 'AAAA' }],
        preprocess: null,
        interpolation: 'bilinear',
        ...payload
      },
      new ViewSession('x'),
      {
        engine: async () => engine,
        locate,
        readFile: noFile,
        shelf: new ModelShelf(
          () => 0,
          () => undefined
        ),
        links: new LinkGroup()
      }
    );
    await controller.start();
    return { runs, controller };
  }

  it('feeds each input by its name', async () => {
    const meta = { dtype: 'float32' as const, shape: [1], data: 'AACAPw==' };
    const images = [
      {
        name: 'a',
        picture: 'AAAA',
        input: 'rgb',
        others: { meta: { tensor: meta, picture: 'of the tensor' }, mask: { picture: 'AAAA' } }
      }
    ];
    const { runs } = await explained({ images }, summary({}));
    expect(Object.keys(runs[0].inputs)).toEqual(['rgb', 'meta', 'mask']);
    expect(runs[0].inputs.meta).toEqual({ kind: 'tensor', tensor: { shape: [1, 1], data: Float32Array.of(1) } });
    expect(runs[0].inputs.mask).toMatchObject({ kind: 'picture', preprocess: null });
  });

  it('explains the input where no layer has places, and shows the first units', async () => {
    const dense = { ...layer, id: 'dense', parameters: 5, spatial: false, explainable: false };
    const { runs, controller } = await explained({}, summary({ layers: [dense], defaultLayer: null }));
    expect(runs[0]).toMatchObject({ method: 'saliency', planes: ['dense'], maps: ['dense'] });
    expect(controller.session.state.method).toBe('saliency');
  });

  it('names ImageNet’s classes where there are 1,000, and says so where there are not', async () => {
    const output = (count: number): Partial<ModelSummary> => ({ outputs: [{ name: 'out', shape: [null, count] }] });
    const named = await explained({ labelSet: 'imagenet' }, summary(output(1000)));
    expect(named.controller.payload.labels?.[0]).toBe('tench');
    const other = await explained({ labelSet: 'imagenet' }, summary(output(10)));
    expect(other.controller.payload.labels).toBeUndefined();
    expect(other.controller.snapshot.model?.notices.map(english).join()).toContain('the model has 10');
  });
});
