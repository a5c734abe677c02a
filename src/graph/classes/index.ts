/**
 * The Keras layer classes, and the operators, that run here. What
 * is not listed, readers turn into nodes that cannot run.
 */
import { named } from '../named';
import { ACTIVATIONS } from './activations';
import { ATTENTION } from './attention';
import { CONVOLUTIONS } from './convolutions';
import { ENCODING } from './encoding';
import { any, type Family, type LayerClass, type LayerClasses, only, pointwise } from './layer-class';
import { MATRICES } from './matrices';
import { MERGING } from './merging';
import { NORMALIZATIONS } from './normalizations';
import { OPERATORS } from './operators';
import { ORDERS } from './orders';
import { POOLING } from './pooling';
import { RECURRENT } from './recurrent';
import { RESHAPING } from './reshaping';
import { same } from './shapes';
import { SPECTROGRAMS } from './spectrogram';

/** Does nothing when a model is only used, not trained: whatever its arguments are. */
const identity: LayerClass = { family: 'dropout', outputShape: same, field: pointwise, follows: true };

const IDENTITIES = [
  'Identity',
  'Dropout',
  'SpatialDropout1D',
  'SpatialDropout2D',
  'SpatialDropout3D',
  'AlphaDropout',
  'GaussianDropout',
  'GaussianNoise',
  'ActivityRegularization',
  // Keras crops in training alone, whatever shape it promises.
  'RandomCrop',
  'Solarization',
  'Equalization',
  'RandomFlip',
  'RandomRotation',
  'RandomZoom',
  'RandomTranslation',
  'RandomContrast',
  'RandomBrightness',
  'RandomHeight',
  'RandomWidth',
  'RandomErasing',
  'RandomShear',
  'RandomHue',
  'RandomSaturation',
  'RandomSharpness',
  'RandomGrayscale',
  'RandomColorJitter',
  'RandomColorDegeneration',
  'RandomInvert',
  'RandomGaussianBlur',
  'RandomPerspective',
  'RandomElasticTransform',
  'RandomPosterization',
  'RandAugment',
  'AugMix',
  'MixUp',
  'CutMix'
];

export const LAYER_CLASSES: LayerClasses = {
  InputLayer: {
    family: 'input',
    arguments: { shape: any, sparse: only(false, null), ragged: only(false, null), optional: any },
    outputShape: same
  },
  ...CONVOLUTIONS,
  ...SPECTROGRAMS,
  ...NORMALIZATIONS,
  ...ACTIVATIONS,
  ...POOLING,
  ...MERGING,
  ...ATTENTION,
  ...RECURRENT,
  ...RESHAPING,
  ...OPERATORS,
  ...MATRICES,
  ...ENCODING,
  ...ORDERS,
  ...Object.fromEntries(IDENTITIES.map(name => [name, identity]))
};

/** True if a node of this class passes its input on as it is. */
export const isIdentity = (op: string): boolean => named(LAYER_CLASSES, op) === identity;

/** True of a class that gives random values in training, and passes its input on elsewhere. */
export const isRandom = (op: string): boolean => isIdentity(op) && op !== 'Identity' && op !== 'ActivityRegularization';

export const layerClass = (op: string): LayerClass | undefined => named(LAYER_CLASSES, op);

/** True of what is no layer of Keras' own: operators, and constants of the graph. */
export const isOperatorClass = (op: string): boolean => op.startsWith('op:') || op === 'Constant';

export const familyOf = (op: string): Family => layerClass(op)?.family ?? 'other';

/** Combines several tensors. */
export const isMerge = (family: Family): boolean => family === 'merge' || family === 'concatenate';
