/** Layers and models as the page sees them, for tests that care about a few of their properties. */
import { familyOf } from '../classes';
import type { LayerInfo, ModelSummary } from '../layer-info';

/** A convolution that runs, with one output of (2, 2, 1). */
export function layerInfo(id: string, properties: Partial<LayerInfo> = {}): LayerInfo {
  return {
    id,
    op: 'Conv2D',
    family: familyOf(properties.op ?? 'Conv2D'),
    inputs: [],
    sees: [],
    outputShape: [2, 2, 1],
    parameters: 0,
    nonTrainable: 0,
    sharesWeights: false,
    tokens: null,
    spatial: true,
    explainable: true,
    seesRows: null,
    placeReaders: {},
    unsupported: null,
    ...properties
  };
}

export function modelSummary(layers: LayerInfo[], properties: Partial<ModelSummary> = {}): ModelSummary {
  return {
    model: 'key',
    name: 'm.keras',
    format: 'keras-zip',
    kerasVersion: null,
    inputs: [],
    outputs: [],
    scalings: {},
    layers,
    defaultLayer: null,
    parameters: 0,
    bytes: 0,
    notices: [],
    fingerprint: { size: 0, hash: '' },
    undeclared: [],
    ...properties
  };
}
