/** Damage to model files, of bytes and of structure; the same seed does the same damage. */
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

/** Marsaglia's xorshift32. @returns {(below: number) => number} */
function random(seed) {
  let state = Math.imul(seed, 2654435761) >>> 0 || 1;
  return below => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

/** @returns {{ kind: string, bytes: Uint8Array }} */
export function mutate(bytes, name, seed) {
  const next = random(seed);
  const structured = next(2) === 0 ? structure(bytes, name, next) : null;
  return structured ? { kind: 'structure', bytes: structured } : { kind: 'bytes', bytes: damage(bytes, next) };
}

/** Flipped, overwritten, cut, removed, repeated: one to a dozen times, half of it where the structure is. */
function damage(bytes, next) {
  let copy = bytes.slice();
  for (let i = next(12); i >= 0 && copy.length > 0; i--) {
    const at = next(2) ? next(copy.length) : next(Math.min(copy.length, 4096));
    const length = Math.min(1 + next(64), copy.length - at);
    switch (next(8)) {
      case 0:
        copy.fill(next(2) ? 0 : 255, at, at + length);
        break;
      case 1:
        copy = next(4) ? copy : copy.slice(0, at);
        break;
      case 2:
        copy = join(copy.subarray(0, at), copy.subarray(at + length));
        break;
      case 3:
        copy = join(copy.subarray(0, at + length), copy.subarray(at));
        break;
      case 4:
        copy[at] ^= 1 << next(8);
        break;
      default:
        copy[at] = next(256);
    }
  }
  return copy;
}

function join(a, b) {
  const whole = new Uint8Array(a.length + b.length);
  whole.set(a);
  whole.set(b, a.length);
  return whole;
}

/** The model's configuration changed as JSON; null where this kind of file cannot hold a changed one. */
function structure(bytes, name, next) {
  if (name.endsWith('.json')) {
    return strToU8(JSON.stringify(changed(JSON.parse(strFromU8(bytes)), next)));
  }
  if (name.endsWith('.keras')) {
    const entries = unzipSync(bytes);
    const config = changed(JSON.parse(strFromU8(entries['config.json'])), next);
    if (next(8) === 0) {
      delete entries[Object.keys(entries)[next(Object.keys(entries).length)]];
    }
    return zipSync({ ...entries, 'config.json': strToU8(JSON.stringify(config)) }, { level: next(2) ? 0 : 6 });
  }
  return inPlace(bytes, next);
}

/** HDF5 holds the text at a fixed length: the changed one is padded with spaces, or cut. */
function inPlace(bytes, next) {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf('{"class_name"');
  if (start < 0) {
    return null;
  }
  const length = endOfJson(bytes, start) - start;
  const config = JSON.parse(strFromU8(bytes.subarray(start, start + length)));
  const text = strToU8(JSON.stringify(changed(config, next)));
  const copy = bytes.slice();
  copy.fill(32, start, start + length);
  copy.set(text.subarray(0, length), start);
  return copy;
}

function endOfJson(bytes, start) {
  let [depth, inString] = [0, false];
  for (let at = start; at < bytes.length; at++) {
    const character = String.fromCharCode(bytes[at]);
    if (inString) {
      at += character === '\\' ? 1 : 0;
      inString = character !== '"';
    } else if (character === '"') {
      inString = true;
    } else if (character === '{' || character === '[') {
      depth++;
    } else if ((character === '}' || character === ']') && --depth === 0) {
      return at + 1;
    }
  }
  return bytes.length;
}

const STRANGE = [
  null,
  true,
  false,
  0,
  -1,
  1,
  0.5,
  2 ** 31,
  2 ** 53,
  -(2 ** 31),
  1e308,
  '',
  'same',
  'relu',
  'linear',
  '__proto__',
  'a'.repeat(5000),
  [],
  {},
  [null],
  [[[]]],
  [0, 0],
  [-1, -1],
  [1e9, 1e9],
  [2, 3, 4, 5, 6],
  { class_name: 'Conv2D' },
  { class_name: '__keras_tensor__', config: {} },
  [['conv', 0, 0, {}]],
  'Conv2D',
  'Dense',
  'MultiHeadAttention',
  'Reshape',
  'Lambda',
  'constructor',
  'InputLayer',
  'channels_first',
  'Functional'
];

/** One to six values of a JSON tree replaced, removed, repeated, swapped or nested deeper. */
function changed(json, next) {
  const root = { json };
  for (let i = next(6); i >= 0; i--) {
    const places = [];
    collect(root, places, 0);
    if (places.length === 0) {
      break;
    }
    const { holder, key } = places[next(places.length)];
    const other = places[next(places.length)];
    switch (next(7)) {
      case 0:
        if (Array.isArray(holder)) {
          holder.splice(key, 1);
        } else {
          delete holder[key];
        }
        break;
      case 1:
        if (Array.isArray(holder)) {
          holder.splice(key, 0, structuredClone(holder[key]));
        } else {
          holder[`${key}_`] = structuredClone(holder[key]);
        }
        break;
      case 2:
        holder[key] = structuredClone(other.holder[other.key]);
        break;
      case 3:
        for (let depth = next(3) ? 1 : 200; depth > 0; depth--) {
          holder[key] = next(2) ? [holder[key]] : { class_name: 'Sequential', config: { layers: [holder[key]] } };
        }
        break;
      default:
        holder[key] = structuredClone(STRANGE[next(STRANGE.length)]);
    }
  }
  return root.json ?? null;
}

function collect(value, places, depth) {
  if (typeof value !== 'object' || value === null || depth > 40) {
    return;
  }
  for (const key of Object.keys(value)) {
    places.push({ holder: value, key: Array.isArray(value) ? Number(key) : key });
    collect(value[key], places, depth + 1);
  }
}
