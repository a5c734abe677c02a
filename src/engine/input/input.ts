/** Checks a request's input and turns it into the numbers that the model takes. */
import type { GraphInput } from '../../graph/model-graph';
import { type Message, message } from '../../messages/message';
import { isNothing, perturbed } from '../../perturb/perturb';
import type { Perturbation } from '../../perturb/perturbation';
import { RefusalError } from '../protocol/errors';
import type { EngineInput, GivenPicture, TensorData } from '../protocol/protocol';
import { isChannelsFirst } from './channels-first';
import { fromPictures, toPictures } from './input-space';
import { mismatch, noVolume, spell } from './mismatch';
import { type Pixels, preprocessPixels, resizePixels, rgbaOfPixels, toGray } from './preprocess';

type PictureInput = Extract<EngineInput, { kind: 'picture' }>;

/** Decodes PNG or JPEG bytes; the worker has a browser's decoder, tests have their own. Throws where a file is not the one expected. */
export type DecodePicture = (png: Uint8Array, original?: PictureInput['original']) => Promise<Pixels>;

export interface PreparedInput extends TensorData {
  /** (h, w) of the picture as given, or null. */
  picture: [number, number] | null;
  /** What a perturbation made of the picture. */
  given?: GivenPicture;
}

/**
 * The shape given, without or with axes of one where the model counts them
 * otherwise: a signal (n, w, c) that came as the picture (n, w, c, 1), a vector
 * (n, size) as one row. Null where that does not make it fit.
 */
function fitted(given: readonly number[], wanted: readonly (number | null)[]): number[] | null {
  const fits = (shape: readonly number[]): boolean =>
    shape.length === wanted.length && shape.every((size, i) => i === 0 || wanted[i] === null || wanted[i] === size);
  if (fits(given)) {
    return [...given];
  }
  if (given.length === wanted.length) {
    return null;
  }
  const rest = given.slice(1).filter(size => size !== 1);
  const shape = [given[0], ...wanted.slice(1).map(size => (size === 1 ? 1 : (rest.shift() ?? 0)))];
  return rest.length === 0 && fits(shape) && shape.every(size => size > 0) ? shape : null;
}

/** Throws a sentence unless the values are what the model takes; gives them in its shape. */
function checked(given: TensorData, wanted: GraphInput): TensorData {
  const shape = fitted(given.shape, wanted.shape);
  if (shape === null) {
    throw new RefusalError(mismatch(given.shape, wanted));
  }
  if (given.data.length !== given.shape.reduce((a, b) => a * b, 1)) {
    throw new RefusalError(
      message('The input says that its shape is %1, but it holds %2 values.', spell(given.shape), given.data.length)
    );
  }
  checkFinite(given);
  return { data: given.data, shape };
}

function checkFinite({ data, shape }: TensorData): void {
  let [count, first] = [0, -1];
  for (let i = 0; i < data.length; i++) {
    if (data[i] - data[i] !== 0) {
      first = count++ === 0 ? i : first;
    }
  }
  if (count > 0) {
    const kind = Number.isNaN(data[first]) ? 'NaN' : message('infinite');
    const at = position(first, shape).join(', ');
    throw new RefusalError(
      count === 1
        ? message(
            'The input has 1 value that is NaN or infinite; it is %1 at index (%2). Clean the input, then run the cell again.',
            kind,
            at
          )
        : message(
            'The input has %1 values that are NaN or infinite; the first is %2 at index (%3). Clean the input, then run the cell again.',
            count,
            kind,
            at
          )
    );
  }
}

function position(flat: number, shape: number[]): number[] {
  const index: number[] = [];
  for (let i = shape.length - 1; i >= 0; i--) {
    index.unshift(flat % shape[i]);
    flat = Math.floor(flat / shape[i]);
  }
  return index;
}

async function preparePicture(input: PictureInput, wanted: GraphInput, decode: DecodePicture): Promise<PreparedInput> {
  if (input.perturbation && (input.slices !== undefined || wanted.shape.length !== 4)) {
    throw new RefusalError(onlyPictures());
  }
  if (input.slices !== undefined) {
    return prepareVolume(input, input.slices, wanted, decode);
  }
  if (wanted.shape.length !== 4) {
    return prepareValues(input, wanted, decode);
  }
  const first = isChannelsFirst(wanted.shape);
  const [h, w, c] = first ? [wanted.shape[2], wanted.shape[3], wanted.shape[1]] : wanted.shape.slice(1);
  if (c !== 1 && c !== 3 && c !== null) {
    throw new RefusalError(
      message(
        "The model's input %1 has %2 channels, and a picture has 1 or 3. Give a tensor of shape %3.",
        wanted.name,
        c,
        spell([null, ...wanted.shape.slice(1)])
      )
    );
  }
  const decoded = await decode(input.png, input.original);
  const picture = perturbed(decoded, input.perturbation ?? {}, [0, 255]);
  const { height, width } = picture;
  const given = picture === decoded ? {} : { given: { height, width, rgba: rgbaOfPixels(picture) } };
  const coloured = c === 1 ? toGray(picture) : picture;
  const resized = resizePixels(coloured, h ?? picture.height, w ?? picture.width, input.interpolation);
  const ready = preprocessPixels(resized, input.preprocess);
  const data = fromPictures(ready.data, { channelsFirst: first, size: ready });
  const shape = first ? [1, ready.channels, ready.height, ready.width] : [1, ready.height, ready.width, ready.channels];
  return { shape, data, picture: [height, width], ...given };
}

/** A table of whole numbers comes as a gray picture too, which keeps them. */
async function prepareValues(input: PictureInput, wanted: GraphInput, decode: DecodePicture): Promise<PreparedInput> {
  const gray = preprocessPixels(toGray(await decode(input.png, input.original)), input.preprocess);
  const shape = fitted([1, gray.height, gray.width, 1], wanted.shape);
  if (shape === null && wanted.shape.length === 5) {
    throw new RefusalError(noVolume([1, gray.height, gray.width, 'channels'], wanted));
  }
  if (shape === null) {
    throw new RefusalError(
      message(
        "The model's input %1 takes %2, which is no picture. Give a tensor of that shape, or a list of them.",
        wanted.name,
        spell([null, ...wanted.shape.slice(1)])
      )
    );
  }
  return { shape, data: gray.data, picture: null };
}

/** The slices of a volume, which lie one under the other in the picture, each prepared as a picture. */
async function prepareVolume(
  input: PictureInput,
  slices: number,
  wanted: GraphInput,
  decode: DecodePicture
): Promise<PreparedInput> {
  const isVolume = wanted.shape.length === 5;
  const first = isVolume && isChannelsFirst(wanted.shape);
  const [d, h, w, c] = first ? [...wanted.shape.slice(2), wanted.shape[1]] : wanted.shape.slice(1);
  const whole = await decode(input.png, input.original);
  const [rows, columns] = [whole.height / slices, whole.width];
  const given = spell([1, slices, rows, columns, 'channels']);
  if (wanted.shape.length === 4) {
    throw new RefusalError(mismatch([1, slices, rows, columns, whole.channels], wanted));
  }
  if (!isVolume || (d !== null && d !== slices) || !Number.isInteger(rows) || (c !== null && c !== 1 && c !== 3)) {
    throw new RefusalError(
      message(
        "The input has shape %1, but the model's input %2 takes %3. Give a tensor of that shape, or a list of them.",
        given,
        wanted.name,
        spell([null, ...wanted.shape.slice(1)])
      )
    );
  }
  const coloured = c === 1 ? toGray(whole) : whole;
  const length = rows * columns * coloured.channels;
  const ready = Array.from({ length: slices }, (_, i) => {
    const data = coloured.data.subarray(i * length, (i + 1) * length);
    const slice = { ...coloured, height: rows, data };
    return preprocessPixels(resizePixels(slice, h ?? rows, w ?? columns, input.interpolation), input.preprocess);
  });
  const { height, width, channels } = ready[0];
  const data = new Float32Array(slices * height * width * channels);
  ready.forEach((slice, i) => data.set(slice.data, i * slice.data.length));
  const size = { height: slices * height, width, channels };
  return first
    ? {
        shape: [1, channels, slices, height, width],
        data: fromPictures(data, { channelsFirst: true, size }),
        picture: [rows, columns]
      }
    : { shape: [1, slices, height, width, channels], data, picture: [rows, columns] };
}

const onlyPictures = (): Message =>
  message('Only a picture can be covered or changed here: this input is none, or a volume, or several at once.');

/** Black and white are the smallest and the largest value of a tensor. */
function perturbedTensor(tensor: TensorData, perturbation: Perturbation): TensorData {
  if (isNothing(perturbation)) {
    return tensor;
  }
  const { shape, data } = tensor;
  if (shape.length !== 4 || shape[0] !== 1) {
    throw new RefusalError(onlyPictures());
  }
  const channelsFirst = isChannelsFirst(shape);
  const [height, width, channels] = channelsFirst ? [shape[2], shape[3], shape[1]] : shape.slice(1);
  const seen = { channelsFirst, size: { height, width, channels } };
  const made = perturbed({ ...seen.size, data: toPictures(data, seen) }, perturbation, null);
  return { shape, data: fromPictures(made.data, seen) };
}

/** Finds and prepares the input for `wanted` of the model's inputs. The key `''` means the only one. */
export async function prepareInput(
  inputs: Readonly<Record<string, EngineInput>>,
  wanted: GraphInput,
  names: readonly string[],
  decode: DecodePicture
): Promise<PreparedInput> {
  const count = names.length;
  const input = inputs[wanted.name] ?? inputs[wanted.node] ?? (count === 1 ? inputs[''] : undefined);
  if (!input) {
    const given = Object.keys(inputs).filter(name => name !== '');
    throw new RefusalError(
      given.length > 0
        ? message("The model's input %1 is missing; the inputs given are %2.", wanted.name, given.join(', '))
        : count > 1
          ? message(
              'The model has %1 inputs, and the cell gives one thing: give what each gets by its name, image={%2}; of several samples, a list of such.',
              count,
              names.map(name => `"${name}": …`).join(', ')
            )
          : message("The model's input %1 is missing.", wanted.name)
    );
  }
  if (input.kind === 'picture') {
    return preparePicture(input, wanted, decode);
  }
  return { ...perturbedTensor(checked(input.tensor, wanted), input.perturbation ?? {}), picture: null };
}
