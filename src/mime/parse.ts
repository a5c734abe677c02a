import { type Message, message, MessageError } from '../messages/message';
import { withDropped } from './dropped';
import { isObject } from './json';
import { isMask, viewProblem } from './parse-view';
import type { Fingerprint, HeatmapPayload, ModelPayload, Payload, Preprocess, StandIns, TensorJSON } from './payload';
import { INTERPOLATIONS, PREPROCESS_NAMES } from './vocabulary';

/** A fault of an output, in words that follow "GradLens cannot show this output: ". */
export class PayloadError extends MessageError {
  override readonly name = 'PayloadError';
}

/** Models of a view, as in the schema. */
const MOST_MODELS = 500;

type Json = Record<string, unknown>;

function need(condition: boolean, problem: Message): asserts condition {
  if (!condition) {
    throw new PayloadError(problem);
  }
}

function checkTensor(value: unknown, where: Message | string, rank?: number): asserts value is TensorJSON {
  need(isObject(value), message('%1 is missing', where));
  need(
    value.dtype === 'float32' || value.dtype === 'uint8',
    message('the dtype of %1 is neither float32 nor uint8', where)
  );
  need(
    Array.isArray(value.shape) && value.shape.every(n => Number.isInteger(n) && n > 0),
    message('the shape of %1 is not a list of whole numbers', where)
  );
  need(
    rank === undefined || value.shape.length === rank,
    message('%1 has %2 dimensions, not %3', where, value.shape.length, rank ?? 0)
  );
  need(typeof value.data === 'string', message('the data of %1 are missing', where));
}

function checkOthers(value: unknown, where: Message | string): void {
  need(value === undefined || isObject(value), message('the other inputs of %1 are not an object', where));
  for (const [name, other] of Object.entries(value ?? {})) {
    need(isObject(other), message('the input %1 of %2 is not an object', name, where));
    need(isSizeOrNone(other.reduced), message('the size of the input %1 of %2 is not two whole numbers', name, where));
    if (other.tensor !== undefined || typeof other.picture !== 'string') {
      checkTensor(other.tensor, message('the input %1 of %2', name, where));
    }
  }
}

export function isPreprocess(value: unknown): value is Preprocess {
  const named = value === null || PREPROCESS_NAMES.includes(value as never);
  const numbers = (list: unknown): boolean => Array.isArray(list) && list.every(n => typeof n === 'number');
  return named || (isObject(value) && numbers(value.mean) && numbers(value.std));
}

function checkPreprocess(value: unknown): void {
  need(
    isPreprocess(value),
    message('“preprocess” is not one of %1, null, or a mean and a std', PREPROCESS_NAMES.join(', '))
  );
}

function checkModel(value: unknown, where: Message | string): void {
  need(
    isObject(value) && typeof value.path === 'string' && typeof value.name === 'string',
    message('%1 has no path and name', where)
  );
  need(
    value.fingerprint === undefined || isFingerprint(value.fingerprint),
    message('the fingerprint of %1 is not a size and a hash', where)
  );
  const { epoch } = value;
  need(
    epoch === undefined || (Number.isInteger(epoch) && Number(epoch) > 0),
    message('the epoch of %1 is not a whole number, 1 or more', where)
  );
}

function checkModels(value: unknown): void {
  need(
    value === undefined || (Array.isArray(value) && value.length > 1 && value.length <= MOST_MODELS),
    message('“models” is not a list of 2 to %1 models', MOST_MODELS)
  );
  (value as unknown[] | undefined)?.forEach((one, i) => checkModel(one, message('model %1', i + 1)));
}

/**
 * Checks what came out of a notebook, which anybody may have written.
 *
 * The full description is gradlens/payload-v1.schema.json; a test holds both
 * against the same examples. Throws {@link PayloadError}.
 */
export function parsePayload(given: unknown): Payload {
  const value = isObject(given) ? withDropped(given) : given;
  need(isObject(value), message('it is not a JSON object'));
  need(
    value.version === 1,
    message(
      'it has version %1 and this extension reads version 1; update gradlens in the environment that runs JupyterLab',
      JSON.stringify(value.version)
    )
  );
  need(typeof value.id === 'string' && value.id !== '', message('“id” is missing'));
  const problem = value.view === undefined ? null : viewProblem(value.view);
  if (problem !== null) {
    throw new PayloadError(problem);
  }
  if (value.kind === 'heatmap') {
    need(typeof value.name === 'string', message('“name” is missing'));
    checkTensor(value.tensor, '“tensor”', 3);
    return value as unknown as HeatmapPayload;
  }
  need(value.kind === 'model', message('its kind %1 is unknown', JSON.stringify(value.kind)));
  checkModel(value.model, '“model”');
  checkModels(value.models);
  need(Array.isArray(value.images), message('“images” is not a list'));
  value.images.forEach((image: unknown, i) => {
    need(isObject(image), message('image %1 is not an object', i + 1));
    need(typeof image.name === 'string', message('image %1 has no name', i + 1));
    need(typeof image.picture === 'string', message('image %1 has no picture', i + 1));
    const { slices } = image;
    need(
      slices === undefined || (Number.isInteger(slices) && Number(slices) > 0),
      message('the number of slices of image %1 is not a whole number', i + 1)
    );
    const { orientation, truth, original } = image;
    need(
      original === undefined || (isOriginal(original) && typeof image.path === 'string'),
      message('the file of image %1 is not a path, a size in pixels and a fingerprint', i + 1)
    );
    need(isSizeOrNone(image.reduced), message('the size of image %1 is not two whole numbers', i + 1));
    need(
      truth === undefined || (Number.isInteger(truth) && Number(truth) >= 0),
      message('the class of image %1 is not a whole number', i + 1)
    );
    need(
      image.mask === undefined || isMask(image.mask),
      message('the mask of image %1 is not a shape and runs', i + 1)
    );
    need(
      orientation === undefined ||
        (Number.isInteger(orientation) && Number(orientation) > 1 && Number(orientation) < 9),
      message('the orientation of image %1 is not a whole number from 2 to 8', i + 1)
    );
    if (image.tensor !== undefined) {
      checkTensor(image.tensor, message('the tensor of image %1', i + 1), slices === undefined ? 3 : 4);
    }
    need(
      image.input === undefined || typeof image.input === 'string',
      message('the input of image %1 has no name', i + 1)
    );
    checkOthers(image.others, message('image %1', i + 1));
  });
  checkPreprocess(value.preprocess);
  need(
    INTERPOLATIONS.includes(value.interpolation as never),
    message('“interpolation” is not one of %1', INTERPOLATIONS.join(', '))
  );
  need(
    value.labels === undefined || (Array.isArray(value.labels) && value.labels.every(l => typeof l === 'string')),
    message('“labels” is not a list of names')
  );
  need(value.labelsOf === undefined || value.labelsOf === 'folders', message('“labelsOf” is not "folders"'));
  need(value.mask === undefined || isMask(value.mask), message('“mask” is not a shape and runs'));
  need(value.labelSet === undefined || value.labelSet === 'imagenet', message('“labelSet” is not "imagenet"'));
  need(
    value.layers === undefined || areStandIns(value.layers),
    message('“layers” is not an object from names to "identity" or {"class": …}')
  );
  return value as unknown as ModelPayload;
}

export const isFingerprint = (value: unknown): value is Fingerprint =>
  isObject(value) &&
  Number.isInteger(value.size) &&
  Number(value.size) >= 0 &&
  typeof value.hash === 'string' &&
  /^[0-9a-f]{64}$/.test(value.hash);

const isOriginal = (value: unknown): boolean => isFingerprint(value) && isSize(value);

const isSizeOrNone = (value: unknown): boolean => value === undefined || isSize(value);

function isSize(value: unknown): boolean {
  const { width, height } = (value ?? {}) as Json;
  return [width, height].every(side => Number.isInteger(side) && Number(side) > 0);
}

export const areStandIns = (value: unknown): value is StandIns =>
  isObject(value) && Object.values(value).every(isStandIn);

const isStandIn = (value: unknown): boolean =>
  value === 'identity' || (isObject(value) && typeof value.class === 'string' && value.class !== '');
