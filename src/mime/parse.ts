import { viewProblem } from './parse-view';
import type { HeatmapPayload, ModelPayload, Payload, TensorJSON } from './payload';

/** What is wrong with an output, in words that follow "GradLens cannot show this output: ". */
export class PayloadError extends Error {
  readonly name = 'PayloadError';
}

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function need(condition: boolean, message: string): asserts condition {
  if (!condition) {
    throw new PayloadError(message);
  }
}

function checkTensor(value: unknown, where: string, rank?: number): asserts value is TensorJSON {
  need(isObject(value), `${where} is missing`);
  need(value.dtype === 'float32' || value.dtype === 'uint8', `the dtype of ${where} is neither float32 nor uint8`);
  need(
    Array.isArray(value.shape) && value.shape.every(n => Number.isInteger(n) && n > 0),
    `the shape of ${where} is not a list of whole numbers`
  );
  need(rank === undefined || value.shape.length === rank, `${where} has ${value.shape.length} dimensions, not ${rank}`);
  need(typeof value.data === 'string', `the data of ${where} are missing`);
}

function checkOthers(value: unknown, where: string): void {
  need(value === undefined || isObject(value), `the other inputs of ${where} are not an object`);
  for (const [name, other] of Object.entries(value ?? {})) {
    need(isObject(other), `the input ${name} of ${where} is not an object`);
    if (typeof other.picture !== 'string') {
      checkTensor(other.tensor, `the input ${name} of ${where}`);
    }
  }
}

function checkPreprocess(value: unknown): void {
  const named = value === null || ['tf', 'torch', 'caffe', 'scale'].includes(value as string);
  const numbers = (list: unknown): boolean => Array.isArray(list) && list.every(n => typeof n === 'number');
  need(
    named || (isObject(value) && numbers(value.mean) && numbers(value.std)),
    '“preprocess” is none of "tf", "torch", "caffe", "scale", null or a mean and a std'
  );
}

/**
 * Checks what came out of a notebook, which anybody may have written.
 *
 * The full description is gradlens/payload-v1.schema.json; a test holds both
 * against the same examples. Throws {@link PayloadError}.
 */
export function parsePayload(value: unknown): Payload {
  need(isObject(value), 'it is not a JSON object');
  need(
    value.version === 1,
    `it has version ${JSON.stringify(value.version)} and this extension reads version 1; update gradlens in the environment that runs JupyterLab`
  );
  need(typeof value.id === 'string' && value.id !== '', '“id” is missing');
  const problem = value.view === undefined ? null : viewProblem(value.view);
  need(problem === null, problem ?? '');
  if (value.kind === 'heatmap') {
    need(typeof value.name === 'string', '“name” is missing');
    checkTensor(value.tensor, '“tensor”', 3);
    return value as unknown as HeatmapPayload;
  }
  need(value.kind === 'model', `its kind ${JSON.stringify(value.kind)} is unknown`);
  need(
    isObject(value.model) && typeof value.model.path === 'string' && typeof value.model.name === 'string',
    '“model” has no path and name'
  );
  need(Array.isArray(value.images) && value.images.length > 0, '“images” is empty');
  value.images.forEach((image: unknown, i) => {
    need(isObject(image), `image ${i + 1} is not an object`);
    need(typeof image.name === 'string', `image ${i + 1} has no name`);
    need(typeof image.picture === 'string', `image ${i + 1} has no picture`);
    if (image.tensor !== undefined) {
      checkTensor(image.tensor, `the tensor of image ${i + 1}`, 3);
    }
    need(image.input === undefined || typeof image.input === 'string', `the input of image ${i + 1} has no name`);
    checkOthers(image.others, `image ${i + 1}`);
  });
  checkPreprocess(value.preprocess);
  need(
    value.interpolation === 'bilinear' || value.interpolation === 'nearest',
    '“interpolation” is neither "bilinear" nor "nearest"'
  );
  need(
    value.labels === undefined || (Array.isArray(value.labels) && value.labels.every(l => typeof l === 'string')),
    '“labels” is not a list of names'
  );
  need(value.labelSet === undefined || value.labelSet === 'imagenet', '“labelSet” is not "imagenet"');
  return value as unknown as ModelPayload;
}
