/** A model of two convolutions that an engine of fixed numbers runs, for components that show one. */
import { vi } from 'vitest';
import type { EngineClient } from '../../engine/page/client';
import type {
  Planes,
  Prediction,
  PredictParams,
  RunParams,
  RunResult,
  TensorData
} from '../../engine/protocol/protocol';
import type { ModelSummary } from '../../graph/layer-info';
import type { ReceptiveField } from '../../graph/receptive-field';
import { layerInfo, modelSummary } from '../../graph/testing/layer-info';
import type { ModelPayload } from '../../mime/payload';
import type { ControllerServices } from '../../session/model/controller-services';
import { ModelController } from '../../session/model/model-controller';
import { ModelShelf } from '../../session/model/opening/model-shelf';
import { LinkGroup } from '../../session/view/link-group';
import { ShownNow } from '../../session/view/shown-map';
import { ViewSession } from '../../session/view/view-session';
import type { LiveView } from '../../session/view-tracker';
import type { ViewStateJSON } from '../../state/view-state';

/** One white pixel. */
export const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';

/** Cells a side, and channels, of each layer. */
const SIDE = 2;
const CHANNELS = 3;

const tensor = (shape: number[], data: number[]): TensorData => ({ shape, data: Float32Array.from(data) });

/** Channel c is c + 1 in its first cell and 0 elsewhere; the last channel is dead. */
function planes(): Planes {
  const size = SIDE * SIDE;
  const data = new Float32Array(CHANNELS * size);
  for (let channel = 0; channel < CHANNELS - 1; channel++) {
    data[channel * size] = channel + 1;
  }
  return { channels: CHANNELS, height: SIDE, width: SIDE, data, statistics: new Float32Array(), min: 0, max: 2 };
}

export const FAKE_MODEL: ModelSummary = modelSummary(
  [
    layerInfo('image', { op: 'InputLayer', outputShape: [4, 4, 3] }),
    layerInfo('conv1', { inputs: ['image'], outputShape: [SIDE, SIDE, CHANNELS], parameters: 84 }),
    layerInfo('conv2', { inputs: ['conv1'], outputShape: [SIDE, SIDE, CHANNELS], parameters: 84 }),
    layerInfo('head', { op: 'Dense', inputs: ['conv2'], outputShape: [3], spatial: false, explainable: false })
  ],
  {
    defaultLayer: 'conv2',
    parameters: 200,
    bytes: 1000,
    inputs: [{ name: 'image', shape: [null, 4, 4, 3] }],
    outputs: [{ name: 'head', shape: [null, 3] }]
  }
);

/** The same with a head that reads positions. */
export const FLATTENED_MODEL: ModelSummary = {
  ...FAKE_MODEL,
  layers: FAKE_MODEL.layers.map(layer => (layer.spatial ? { ...layer, placeReaders: { head: 'flatten' } } : layer))
};

/** Cells of two pixels, beside each other, each of which sees all of the picture. */
const FIELD: ReceptiveField = {
  axes: [1, 1].map(start => ({ jump: 2, size: 2, start })),
  input: [4, 4],
  inputs: ['image'],
  seesAll: true,
  isApart: false
};

function result({ maps, planes: wanted, activations, gradients, overviews, target }: RunParams): RunResult {
  const size = SIDE * SIDE;
  const each = <T>(layers: readonly string[], make: () => T): Record<string, T> =>
    Object.fromEntries(layers.map(layer => [layer, make()]));
  return {
    outputs: { head: tensor([1, 3], [0.7, 0.2, 0.1]) },
    output: 'head',
    ending: 'softmax',
    targets: [{ index: typeof target === 'number' ? target : 0, score: 2 }],
    activations: each(activations, () => tensor([1, SIDE, SIDE, CHANNELS], Array<number>(CHANNELS * size).fill(1))),
    gradients: each(gradients, () => tensor([1, SIDE, SIDE, CHANNELS], Array<number>(CHANNELS * size).fill(1))),
    maps: each(maps, () => tensor([1, SIDE, SIDE], [4, 3, 2, 1])),
    planes: each(wanted, planes),
    overviews: each(overviews ?? [], () => ({ height: SIDE, width: SIDE, mean: new Float32Array(size), dead: 0.5 })),
    inputSize: [4, 4],
    fields: each([...maps, ...wanted], () => FIELD),
    outputField: null,
    explainedInput: 'image',
    backend: 'wasm',
    timings: { upload: 0, forward: 2, backward: 1, explain: 0 },
    notices: [],
    empty: {},
    fed: { image: [0, 255] }
  };
}

/** Of a volume: four slices of each map, the cells of slice s by 10 s more, seen of eight slices of the input. */
export function resultOfVolume(params: RunParams): RunResult {
  const run = result(params);
  const slices = 4;
  const stacked = (data: Float32Array, channels: number): Float32Array => {
    const cells = SIDE * SIDE;
    return Float32Array.from({ length: channels * slices * cells }, (_, i) => {
      const [channel, slice] = [Math.floor(i / (slices * cells)), Math.floor(i / cells) % slices];
      return data[channel * cells + (i % cells)] + 10 * slice;
    });
  };
  const changed = <T>(of: Record<string, T>, change: (value: T) => T): Record<string, T> =>
    Object.fromEntries(Object.entries(of).map(([layer, value]) => [layer, change(value)]));
  return {
    ...run,
    inputSlices: 8,
    maps: changed(run.maps, ({ data }) => ({ shape: [1, slices, SIDE, SIDE], data: stacked(data, 1) })),
    planes: changed(run.planes, of => ({
      ...of,
      slices,
      height: slices * SIDE,
      data: stacked(of.data, CHANNELS)
    }))
  };
}

export interface FakeView {
  view: LiveView;
  controller: ModelController;
  session: ViewSession;
  /** The engine's requests, in order. */
  runs: RunParams[];
  engine: { run: ReturnType<typeof vi.fn>; predict: ReturnType<typeof vi.fn>; open: ReturnType<typeof vi.fn> };
}

/** A view of {@link FAKE_MODEL}. Call `controller.start()` to open it. */
export function fakeModelView(
  state: ViewStateJSON = {},
  own: Partial<ModelPayload> = {},
  model: ModelSummary = FAKE_MODEL,
  services: Partial<ControllerServices> = {}
): FakeView {
  const runs: RunParams[] = [];
  const engine = {
    has: async () => false,
    open: vi.fn(async () => model),
    run: vi.fn(async (params: RunParams) => {
      runs.push(params);
      return result(params);
    }),
    predict: vi.fn(async ({ samples }: PredictParams) =>
      samples.map((): Prediction => ({ scores: { head: Float64Array.of(0.7, 0.2, 0.1) } }))
    )
  };
  const payload: ModelPayload = {
    version: 1,
    kind: 'model',
    id: 'view',
    model: { path: 'm.keras', name: 'm.keras' },
    images: [{ name: 'a.png', picture: PIXEL }],
    preprocess: null,
    interpolation: 'bilinear',
    labels: ['tank', 'no tank', 'sky'],
    ...own
  };
  const session = new ViewSession('view', state);
  const controller = new ModelController(payload, session, {
    engine: async () => engine as unknown as EngineClient,
    locate: async path => ({
      key: `${path}|1`,
      place: path,
      name: path,
      size: 10,
      stream: () => (async function* () {})(),
      sibling: async () => new Uint8Array(),
      head: async () => new Uint8Array()
    }),
    readFile: async () => Promise.reject(new Error('there are no files in this test')),
    shelf: new ModelShelf(
      () => 0,
      () => undefined
    ),
    links: new LinkGroup(),
    ...services
  });
  const view: LiveView = {
    key: 'view',
    id: 'view',
    title: 'm.keras',
    session,
    payload: controller.payload,
    controller,
    keeper: null,
    shown: new ShownNow(),
    resolver: null,
    nodes: [],
    asOutput: async () => ({ payload: controller.payload }),
    reveal: () => undefined,
    checkFile: () => undefined,
    endAnnouncing: () => undefined
  };
  return { view, controller, session, runs, engine };
}
