/** Class names from a file beside the model: what gradlens.show(labels=…) reads too. */
import { message, MessageError } from '../messages/message';

/** A misread file must not become gigabytes of names. */
const MOST_CLASSES = 1_000_000;

/**
 * Names by class index.
 *
 * @param text - JSON: a list, `{index: name}`, `{name: index}` as Keras'
 *   `class_indices`, or an ImageNet class index `{"0": ["n01440764", "tench"]}`;
 *   else text with one name a line.
 * @throws Error with one readable sentence.
 */
export function parseLabels(text: string, fileName: string): string[] {
  if (!fileName.toLowerCase().endsWith('.json')) {
    const lines = text
      .replace(/^\uFEFF/, '')
      .split(/\r?\n/)
      .map(line => line.trim());
    while (lines.length > 0 && lines[lines.length - 1] === '') {
      lines.pop();
    }
    return lines;
  }
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw new MessageError(message('%1 is not valid JSON, so the class names in it cannot be read.', fileName));
  }
  if (Array.isArray(value)) {
    return value.map(nameOf);
  }
  if (typeof value !== 'object' || value === null) {
    throw new MessageError(
      message('%1 holds no class names: it should be a list, or an object from index to name.', fileName)
    );
  }
  return fromObject(value as Record<string, unknown>, fileName);
}

function fromObject(object: Record<string, unknown>, fileName: string): string[] {
  const names: string[] = [];
  for (const [key, value] of Object.entries(object)) {
    const isByIndex = /^\d+$/.test(key);
    const index = isByIndex ? Number(key) : typeof value === 'number' ? value : NaN;
    if (!Number.isInteger(index) || index < 0 || index >= MOST_CLASSES) {
      throw new MessageError(
        message('%1: “%2” has no class index; it should be an object from index to name.', fileName, key)
      );
    }
    names[index] = isByIndex ? nameOf(value) : key;
  }
  // A class without a name goes by its index.
  return Array.from(names, (name, index) => name ?? String(index));
}

const nameOf = (value: unknown): string =>
  Array.isArray(value) && value.length > 0 ? String(value[value.length - 1]) : String(value);

/** The files that may hold the class names of a model, likeliest first; all beside it. */
export function labelFilesFor(modelPath: string): string[] {
  const slash = modelPath.lastIndexOf('/') + 1;
  const folder = modelPath.slice(0, slash);
  const stem = modelPath.slice(slash).replace(/\.(keras|h5|hdf5)$/i, '');
  const names = [
    `${stem}.labels`,
    `${stem}_labels`,
    `${stem}-labels`,
    `${stem}_classes`,
    'labels',
    'class_names',
    'class_indices',
    'classes'
  ];
  return names.flatMap(name => ['json', 'txt'].map(ending => `${folder}${name}.${ending}`));
}
