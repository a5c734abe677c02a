/** What a request gives as input, checked and made into the numbers that the model takes. */
import type { GraphInput } from '../graph/model-graph';
import { EngineError } from './errors';
import { preprocessPixels, resizePixels, toGray, type Pixels } from './preprocess';
import type { EngineInput, TensorData } from './protocol';

/** Decodes PNG bytes; the worker has a browser's decoder, tests have their own. */
export type DecodePicture = (png: Uint8Array) => Promise<Pixels>;

export interface PreparedInput extends TensorData {
  /** (h, w) of the picture as given, or null. */
  picture: [number, number] | null;
}

/** (n, 224, 224, 3) as Python writes it. */
function spell(shape: readonly (number | null)[]): string {
  return `(${shape.map((size, i) => (i === 0 && size === null ? 'n' : (size ?? 'any'))).join(', ')})`;
}

function check(given: TensorData, wanted: GraphInput): void {
  const fits =
    given.shape.length === wanted.shape.length &&
    given.shape.every((size, i) => i === 0 || wanted.shape[i] === null || wanted.shape[i] === size);
  if (!fits) {
    const spatial = wanted.shape.length === 4 && given.shape.length === 4;
    throw new EngineError(
      `The input has shape ${spell(given.shape)}, but the model's input ${wanted.name} takes ${spell([null, ...wanted.shape.slice(1)])}. ` +
        (spatial ? 'Resize it, or give the picture itself instead of a tensor.' : 'Give a tensor of that shape.')
    );
  }
  if (given.data.length !== given.shape.reduce((a, b) => a * b, 1)) {
    throw new EngineError(`The input says that its shape is ${spell(given.shape)}, but it holds ${given.data.length} values.`);
  }
  checkFinite(given);
}

function checkFinite({ data, shape }: TensorData): void {
  let [count, first] = [0, -1];
  for (let i = 0; i < data.length; i++) {
    if (data[i] - data[i] !== 0) {
      first = count++ === 0 ? i : first;
    }
  }
  if (count > 0) {
    const kind = Number.isNaN(data[first]) ? 'NaN' : 'infinite';
    throw new EngineError(
      `The input has ${count} ${count === 1 ? 'value that is' : 'values that are'} NaN or infinite; ` +
        `the first is ${kind} at index (${position(first, shape).join(', ')}). Clean the input, then run the cell again.`
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

async function preparePicture(input: Extract<EngineInput, { kind: 'picture' }>, wanted: GraphInput, decode: DecodePicture): Promise<PreparedInput> {
  if (wanted.shape.length !== 4) {
    throw new EngineError(
      `The model's input ${wanted.name} takes ${spell([null, ...wanted.shape.slice(1)])}, which is no picture. Give a tensor of that shape.`
    );
  }
  const first = isChannelsFirst(wanted.shape);
  const [h, w, c] = first ? [wanted.shape[2], wanted.shape[3], wanted.shape[1]] : wanted.shape.slice(1);
  if (c !== 1 && c !== 3 && c !== null) {
    throw new EngineError(
      `The model's input ${wanted.name} has ${c} channels, and a picture has 1 or 3. Give a tensor of shape ${spell([null, ...wanted.shape.slice(1)])}.`
    );
  }
  const picture = await decode(input.png);
  const size: [number, number] = [picture.height, picture.width];
  const coloured = c === 1 ? toGray(picture) : picture;
  const resized = resizePixels(coloured, h ?? picture.height, w ?? picture.width, input.interpolation);
  const ready = preprocessPixels(resized, input.preprocess);
  const data = first ? planesFirst(ready) : ready.data;
  const shape = first ? [1, ready.channels, ready.height, ready.width] : [1, ready.height, ready.width, ready.channels];
  return { shape, data, picture: size };
}

function planesFirst({ height, width, channels, data }: Pixels): Float32Array {
  const planes = new Float32Array(data.length);
  for (let i = 0; i < data.length; i++) {
    planes[(i % channels) * height * width + Math.floor(i / channels)] = data[i];
  }
  return planes;
}

/** Finds and prepares the input for `wanted`. The key `''` means the only input. */
export async function prepareInput(
  inputs: Readonly<Record<string, EngineInput>>,
  wanted: GraphInput,
  count: number,
  decode: DecodePicture
): Promise<PreparedInput> {
  const input = inputs[wanted.name] ?? inputs[wanted.node] ?? (count === 1 ? inputs[''] : undefined);
  if (!input) {
    const given = Object.keys(inputs).filter(name => name !== '');
    throw new EngineError(
      `The model's input ${wanted.name} is missing` +
        (given.length ? `; the inputs given are ${given.join(', ')}.` : count > 1 ? `: the model has ${count} inputs, give each by its name.` : '.')
    );
  }
  if (input.kind === 'picture') {
    return preparePicture(input, wanted, decode);
  }
  check(input.tensor, wanted);
  return { ...input.tensor, picture: null };
}

/** Channels-first inputs have their 1 or 3 channels before the image axes. */
export function isChannelsFirst(shape: readonly (number | null)[]): boolean {
  const few = (size: number | null) => size === 1 || size === 3;
  return few(shape[1]) && !few(shape[3]) && shape[3] !== null;
}
