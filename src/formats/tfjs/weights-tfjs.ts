/**
 * Weights of a TensorFlow.js layers model: shards of bytes, joined and cut up
 * as `weightsManifest` says. Names are Keras' own: `conv1/kernel`.
 * Format: https://github.com/tensorflow/tfjs/blob/master/tfjs-core/src/io/types.ts.
 */
import { ModelError, type WeightRef } from '../../graph/model-graph';
import { named } from '../../graph/named';
import { message, messageOf } from '../../messages/message';
import { toFloat32 } from '../containers/numbers';
import { type Config, configAt, isConfig, listAt, stringAt } from '../keras/config/json';
import type { LayerHome } from '../keras/nodes/flat-node';
import { type Listed, matchByName } from '../keras/weights/match-names';
import type { WeightSource } from '../keras/weights/weight-source';

/** Gives the bytes of a file beside the one being read; `path` is relative to it. */
export type FetchSibling = (path: string) => Promise<Uint8Array>;

const SIZES: Readonly<Record<string, number>> = { float32: 4, float16: 2, int32: 4, uint8: 1, uint16: 2, bool: 1 };

interface Entry extends Listed {
  weight: WeightRef;
}

export class TfjsWeights implements WeightSource {
  private constructor(private entries: Entry[]) {}

  /** Fetches all shards. Throws ModelError naming the shard that is missing or too short. */
  static async load(manifest: readonly unknown[], fetchSibling: FetchSibling, fileName: string): Promise<TfjsWeights> {
    const entries: Entry[] = [];
    for (const group of manifest.filter(isConfig)) {
      const paths = listAt(group, 'paths').filter(path => typeof path === 'string');
      const shards = await Promise.all(paths.map(path => shard(path, fetchSibling, fileName)));
      const bytes = join(shards);
      let at = 0;
      for (const spec of listAt(group, 'weights').filter(isConfig)) {
        const entry = entryOf(spec, bytes, at, paths, fileName);
        at += entry.bytes;
        entries.push(entry);
      }
    }
    return new TfjsWeights(entries);
  }

  find(home: LayerHome, op: string, roles: readonly string[]): Record<string, WeightRef> {
    const found: Record<string, WeightRef> = {};
    if (roles.length > 0) {
      const isDeclared = home.spec.declared !== undefined;
      for (const { listed, role } of matchByName(this.entries, home.names, op, roles, isDeclared)) {
        found[role] = listed.weight;
      }
    }
    return found;
  }
}

async function shard(path: string, fetchSibling: FetchSibling, fileName: string): Promise<Uint8Array> {
  if (path.startsWith('/') || path.split('/').includes('..') || /^[a-z]+:/i.test(path)) {
    throw new ModelError(
      message(
        '%1 keeps its weights at %2, outside its own folder, from where GradLens does not fetch them. Put the files beside it.',
        fileName,
        path
      )
    );
  }
  try {
    return await fetchSibling(path);
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') {
      throw error;
    }
    const detail = messageOf(error);
    throw new ModelError(
      message('%1 keeps its weights in %2, which cannot be read beside it: %3', fileName, path, detail),
      false
    );
  }
}

function join(parts: Uint8Array[]): Uint8Array {
  if (parts.length === 1) {
    return parts[0];
  }
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function entryOf(
  spec: Config,
  all: Uint8Array,
  at: number,
  paths: string[],
  fileName: string
): Entry & { bytes: number } {
  const name = stringAt(spec, 'name') ?? '';
  const shape = listAt(spec, 'shape').map(Number);
  const quantization = configAt(spec, 'quantization');
  const stored = stringAt(quantization, 'dtype') ?? stringAt(spec, 'dtype') ?? '';
  const size = named(SIZES, stored);
  if (!size || shape.some(length => !Number.isInteger(length) || length < 0)) {
    throw new ModelError(
      message(
        '%1 describes its weight “%2” (type %3) in a way that GradLens does not know. Convert the model again.',
        fileName,
        name,
        stored || 'not given'
      )
    );
  }
  const bytes = size * shape.reduce((a, b) => a * b, 1);
  if (!(at + bytes <= all.length)) {
    throw new ModelError(
      message(
        'The weights of %1 are cut short: %2 hold %3 bytes, and “%4” would end at %5. Copy the files again.',
        fileName,
        paths.join(', '),
        all.length,
        name,
        at + bytes
      )
    );
  }
  const read = (): Float32Array =>
    dequantised(toFloat32(all.subarray(at, at + bytes), stored === 'bool' ? 'uint8' : stored), quantization);
  const parts = name.replace(/:\d+$/, '').split('/');
  return { path: name, parts, bytes, weight: { name, shape, dtype: 'float32', read } };
}

/** Affine quantisation: value * scale + min. Half floats have neither. */
function dequantised(values: Float32Array, { scale, min }: Config): Float32Array {
  return typeof scale === 'number' ? values.map(value => value * scale + (typeof min === 'number' ? min : 0)) : values;
}
