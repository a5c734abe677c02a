import type { LayerInfo } from '../../graph/layer-info';

/** Layers that leave the channels of a convolution in their places. */
const KEEPS_CHANNELS: ReadonlySet<string> = new Set([
  'Activation',
  'AveragePooling2D',
  'BatchNormalization',
  'Dropout',
  'ELU',
  'GaussianDropout',
  'GaussianNoise',
  'LeakyReLU',
  'MaxPooling2D',
  'PReLU',
  'ReLU',
  'SpatialDropout2D'
]);

/** Layers that scale or move a picture, but leave its channels what they are. */
const PREPARES: ReadonlySet<string> = new Set([
  'CenterCrop',
  'Cropping2D',
  'GaussianNoise',
  'Identity',
  'Normalization',
  'RandomFlip',
  'RandomRotation',
  'RandomZoom',
  'Rescaling',
  'Resizing',
  'ZeroPadding2D'
]);

/** The convolution that makes a layer's channels, if it sees the picture itself; else null. */
export function firstConvolution(layers: readonly LayerInfo[], shown: string): LayerInfo | null {
  const byId = new Map(layers.map(layer => [layer.id, layer]));
  const before = (layer: LayerInfo): LayerInfo | null =>
    layer.inputs.length === 1 ? (byId.get(layer.inputs[0]) ?? null) : null;
  let at = byId.get(shown) ?? null;
  while (at && KEEPS_CHANNELS.has(at.op)) {
    at = before(at);
  }
  if (at?.op !== 'Conv2D') {
    return null;
  }
  let source = before(at);
  while (source && PREPARES.has(source.op)) {
    source = before(source);
  }
  return source?.op === 'InputLayer' ? at : null;
}
