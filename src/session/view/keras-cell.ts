/** Parts of cells that do with Keras what a view did: the model, and the picture as the model takes it. */
import type { ModelSummary } from '../../graph/layer-info';
import type { ModelPayload, Preprocess, Size } from '../../mime/payload';
import { cameAsValues } from './python-code';
import { python } from './python-literal';

/** What a cell is written from. */
export interface KerasCell {
  payload: Pick<ModelPayload, 'model' | 'images' | 'preprocess' | 'interpolation' | 'layers'>;
  model: Pick<ModelSummary, 'kerasVersion' | 'inputs'>;
  /** Index of the image. */
  image: number;
  /** Of the picture, and of the model's input; null where the input is no picture. */
  picture: Size | null;
  input: Size | null;
}

/** True of files that Keras 2 wrote: their layers may be none of Keras 3's. */
export const isKeras2 = ({ model }: Pick<KerasCell, 'model'>): boolean => model.kerasVersion?.startsWith('2') === true;

/** `imports`: of what comes behind it. */
export function modelLines({ payload, model }: KerasCell, imports: readonly string[]): string[] {
  const all = [isKeras2({ model }) ? 'import tf_keras as keras' : 'import keras', 'import numpy as np', ...imports];
  const sorted = [...all.filter(one => one.startsWith('import')).sort(byModule), ...all.filter(isFrom)];
  const isDeclared = Object.keys(payload.layers ?? {}).length > 0;
  return [
    ...sorted,
    '',
    ...(isDeclared ? ['# Layers that exist only as Python code go into custom_objects=.'] : []),
    `model = keras.models.load_model(${python(payload.model.path)})`
  ];
}

const isFrom = (line: string): boolean => line.startsWith('from');
const byModule = (a: string, b: string): number => (a < b ? -1 : 1);

/** `x`, one sample, as the model takes it. */
export function inputLines(cell: KerasCell): string[] {
  const { payload, model, input, picture } = cell;
  const image = payload.images[cell.image];
  const [of] = model.inputs;
  const isPicture = !image.tensor && !image.slices && model.inputs.length === 1 && of?.shape.length === 4 && input;
  if (!isPicture || !picture) {
    const many =
      model.inputs.length > 1 ? 'a list of arrays, one for each input' : `(1, ${of?.shape.slice(1).join(', ')})`;
    return [`x = ${variableOf(cell)}[None]  # as in your cell: ${many}`];
  }
  const isFirst = of.shape[1] === 1 || of.shape[1] === 3 ? of.shape[3] !== 1 && of.shape[3] !== 3 : false;
  const isGray = of.shape[isFirst ? 1 : 3] === 1;
  const isResized = input.height !== picture.height || input.width !== picture.width;
  const size = `(${input.height}, ${input.width})`;
  const isNearest = isResized && payload.interpolation === 'nearest';
  const loading = [
    ...(isGray ? ['color_mode="grayscale"'] : []),
    ...(isNearest ? [`target_size=${size}`, 'interpolation="nearest"'] : [])
  ];
  const opened = cameAsValues(image)
    ? `Image.fromarray(np.squeeze(${variableOf(cell)})).convert("${isGray ? 'L' : 'RGB'}")${
        isNearest ? `.resize(${python([input.width, input.height])}, Image.Resampling.NEAREST)` : ''
      }`
    : `keras.utils.load_img(${[python(image.path ?? image.name), ...loading].join(', ')})`;
  const resize = isKeras2(cell)
    ? `x = tf.image.resize(x, ${size}).numpy()`
    : `x = keras.ops.convert_to_numpy(keras.ops.image.resize(x, ${size}, interpolation="bilinear"))`;
  return [
    `x = keras.utils.img_to_array(${opened})[None]${cameAsValues(image) ? '  # as in your cell' : ''}`,
    ...(isResized && !isNearest ? [resize] : []),
    ...prepared(payload.preprocess),
    ...(isFirst ? ['x = np.moveaxis(x, -1, 1)'] : [])
  ];
}

/** What {@link inputLines} needs besides Keras and NumPy. */
export const inputImports = (cell: KerasCell): string[] =>
  inputLines(cell).flatMap(line => (line.includes('Image.from') ? ['from PIL import Image'] : []));

/** As `preprocess=` of `gradlens.show` says: docs/payload.md. */
function prepared(preprocess: Preprocess): string[] {
  const of = (mean: readonly number[], std: readonly number[]): string =>
    `x = (x / 255 - np.float32(${python(mean)})) / np.float32(${python(std)})`;
  switch (preprocess) {
    case null:
      return [];
    case 'scale':
      return ['x = x / 255'];
    case 'tf':
      return ['x = x / 127.5 - 1'];
    case 'caffe':
      return ['x = x[..., ::-1] - np.float32([103.939, 116.779, 123.68])'];
    case 'torch':
      return [of([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])];
    default:
      return [of(preprocess.mean, preprocess.std)];
  }
}

/** The cell's own variable. */
const variableOf = ({ payload, image }: KerasCell): string =>
  payload.images.length > 1 ? `images[${image}]` : 'image';

/** A layer by the name that the view has for it; inside a model that is a layer, by the names of both. */
export const layerCall = (layer: string): string =>
  layer.includes('/') ? `find(model, ${python(layer)})` : `model.get_layer(${python(layer)})`;

/** The function that {@link layerCall} calls; none where no name needs it. */
export const findLines = (layers: readonly string[]): string[] =>
  layers.some(layer => layer.includes('/'))
    ? [
        '',
        '',
        'def find(inside, name):',
        '    """Find a layer: backbone/conv1 is conv1 of the layer backbone."""',
        '    for layer in inside.layers:',
        '        if layer.name == name:',
        '            return layer',
        '        if name.startswith(f"{layer.name}/") and hasattr(layer, "layers"):',
        '            return find(layer, name[len(layer.name) + 1 :])',
        '    raise ValueError(f"There is no layer {name}.")'
      ]
    : [];

/** Whether a file is one that `keras.models.load_model` reads. */
export const isLoadable = ({ path }: ModelPayload['model']): boolean => /\.(keras|h5|hdf5)$/i.test(path);
