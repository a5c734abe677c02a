/** What a file is, by its first bytes. */
import { say } from '../messages/say';

export type Container = 'hdf5' | 'zip' | 'other';

function startsWith(bytes: Uint8Array, signature: readonly number[], at = 0): boolean {
  return signature.every((byte, i) => bytes[at + i] === byte);
}

const HDF5_SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];
const ZIP = [0x50, 0x4b];

/** HDF5 may have a user block of 512, 1024, … bytes before its signature. */
export function sniff(bytes: Uint8Array): Container {
  for (let at = 0; at < bytes.length; at = at === 0 ? 512 : at * 2) {
    if (startsWith(bytes, HDF5_SIGNATURE, at)) {
      return 'hdf5';
    }
  }
  return startsWith(bytes, ZIP) ? 'zip' : 'other';
}

/** Whether the bytes begin like JSON. */
export function isJson(bytes: Uint8Array): boolean {
  const head = new TextDecoder().decode(bytes.subarray(0, 64)).trimStart();
  return /^[{[]/.test(head);
}

/** One or two sentences for the user: what the file looks like, and what to do. `entries` are a zip archive's names. */
export function reasonNotAModel(bytes: Uint8Array, fileName: string, entries: string[] | null): string {
  if (bytes.length === 0) {
    return say('%1 is empty. Save or download the model again.', fileName);
  }
  const looks = entries ? looksOfZip(entries) : looksOfBytes(bytes);
  return say(
    '%1 is not a Keras model: %2. Give a file saved by model.save("model.keras") or model.save("model.h5").',
    fileName,
    looks
  );
}

function looksOfZip(entries: string[]): string {
  const any = (pattern: RegExp) => entries.some(name => pattern.test(name));
  if (any(/(^|\/)saved_model\.pb$/)) {
    return say('it is a zipped TensorFlow SavedModel');
  }
  if (any(/(^|\/)data\.pkl$/)) {
    return say('it is a PyTorch checkpoint');
  }
  if (any(/\.npy$/)) {
    return say('it is a NumPy .npz archive');
  }
  return any(/\.(keras|h5|hdf5)$/i)
    ? say('it is a zip archive with a model inside, which has to be unpacked first')
    : say('it is a zip archive without a config.json');
}

function looksOfBytes(bytes: Uint8Array): string {
  if (startsWith(bytes, [0x1f, 0x8b])) {
    return say('it is packed by gzip; unpack it first');
  }
  if (startsWith(bytes, [0x80]) && bytes[1] >= 2 && bytes[1] <= 5) {
    return say('it is a Python pickle, perhaps of PyTorch');
  }
  if (startsWith(bytes, [0x54, 0x46, 0x4c, 0x33], 4)) {
    return say('it is a TensorFlow Lite model');
  }
  if (startsWith(bytes, [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59])) {
    return say('it is a NumPy array');
  }
  return (
    looksOfText(bytes) ??
    (startsWith(bytes, [0x08])
      ? say('it looks like an ONNX model or another protocol buffer')
      : say('its first bytes are of no format that GradLens knows'))
  );
}

function looksOfText(bytes: Uint8Array): string | null {
  const head = bytes.subarray(0, 512);
  if (head.some(byte => byte < 9 || (byte > 13 && byte < 32))) {
    return null;
  }
  const text = new TextDecoder().decode(head).trimStart();
  if (/^version https:\/\/git-lfs/.test(text)) {
    return say('it is a Git LFS pointer, not the file itself; fetch it with git lfs pull');
  }
  if (/^<(!doctype|html|\?xml)/i.test(text)) {
    return say('it is a web page, perhaps an error message or a log-in page of the site that it came from');
  }
  return /^[{[]/.test(text)
    ? say('it is JSON, but not a TensorFlow.js layers model; the weights are missing')
    : say('it starts like a text file');
}
