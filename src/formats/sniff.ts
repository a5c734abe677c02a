/** Recognises a file by its first bytes. */
import { type Message, message } from '../messages/message';

export type Container = 'hdf5' | 'zip' | 'other';

function startsWith(bytes: Uint8Array, signature: readonly number[], at = 0): boolean {
  return signature.every((byte, i) => bytes[at + i] === byte);
}

const HDF5_SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];
const ZIP = [0x50, 0x4b];

/**
 * HDF5 may have a user block of 512, 1024, … bytes before its
 * signature; in an archive that may be the signature of a part.
 */
export function sniff(bytes: Uint8Array): Container {
  if (startsWith(bytes, ZIP)) {
    return 'zip';
  }
  for (let at = 0; at < bytes.length; at = at === 0 ? 512 : at * 2) {
    if (startsWith(bytes, HDF5_SIGNATURE, at)) {
      return 'hdf5';
    }
  }
  return 'other';
}

/** True if the bytes begin like JSON. */
export function isJson(bytes: Uint8Array): boolean {
  const head = new TextDecoder().decode(bytes.subarray(0, 64)).trimStart();
  return /^[{[]/.test(head);
}

/** One or two sentences for the user: what the file looks like, and what to do. `entries` are a zip archive's names. */
export function reasonNotAModel(bytes: Uint8Array, fileName: string, entries: string[] | null): Message {
  if (bytes.length === 0) {
    return message('%1 is empty. Save or download the model again.', fileName);
  }
  const looks = entries ? looksOfZip(entries) : looksOfBytes(bytes);
  return message(
    '%1 is not a Keras model: %2. Give a file saved by model.save("model.keras") or model.save("model.h5").',
    fileName,
    looks
  );
}

function looksOfZip(entries: string[]): Message {
  const any = (pattern: RegExp) => entries.some(name => pattern.test(name));
  if (any(/(^|\/)saved_model\.pb$/)) {
    return message('it is a zipped TensorFlow SavedModel');
  }
  if (any(/(^|\/)data\.pkl$/)) {
    return message('it is a PyTorch checkpoint');
  }
  if (any(/\.npy$/)) {
    return message('it is a NumPy .npz archive');
  }
  return any(/\.(keras|h5|hdf5)$/i)
    ? message('it is a zip archive with a model inside, which has to be unpacked first')
    : message('it is a zip archive without a config.json');
}

function looksOfBytes(bytes: Uint8Array): Message {
  if (startsWith(bytes, [0x1f, 0x8b])) {
    return message('it is packed by gzip; unpack it first');
  }
  if (startsWith(bytes, [0x80]) && bytes[1] >= 2 && bytes[1] <= 5) {
    return message('it is a Python pickle, perhaps of PyTorch');
  }
  if (startsWith(bytes, [0x54, 0x46, 0x4c, 0x33], 4)) {
    return message('it is a TensorFlow Lite model');
  }
  if (startsWith(bytes, [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59])) {
    return message('it is a NumPy array');
  }
  return (
    looksOfText(bytes) ??
    (startsWith(bytes, [0x08])
      ? message('it looks like an ONNX model or another protocol buffer')
      : message('its first bytes are of no format that GradLens knows'))
  );
}

function looksOfText(bytes: Uint8Array): Message | null {
  const head = bytes.subarray(0, 512);
  if (head.some(byte => byte < 9 || (byte > 13 && byte < 32))) {
    return null;
  }
  const text = new TextDecoder().decode(head).trimStart();
  if (/^version https:\/\/git-lfs/.test(text)) {
    return message('it is a Git LFS pointer, not the file itself; fetch it with git lfs pull');
  }
  if (/^<(!doctype|html|\?xml)/i.test(text)) {
    return message('it is a web page, perhaps an error message or a log-in page of the site that it came from');
  }
  if (/^\{/.test(text) && /"class_name"\s*:\s*"(Sequential|Functional|Model)"/.test(text)) {
    return message(
      'it is the architecture of a Keras model, without its weights; in a notebook, gradlens.show("model.json", …, weights="model.weights.h5") takes both'
    );
  }
  if (/^\{/.test(text) && /"weight_map"\s*:/.test(text)) {
    return message(
      'it is the index of a Keras model\'s weights, without its layers; in a notebook, gradlens.show("model.json", …, weights="model.weights.json") takes both'
    );
  }
  return /^[{[]/.test(text)
    ? message('it is JSON, but not a TensorFlow.js layers model; the weights are missing')
    : message('it starts like a text file');
}
