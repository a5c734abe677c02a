import { ModelError } from '../../../graph/model-graph';
import { message } from '../../../messages/message';

/** Keras' JSON, and typed reading of values whose shape is not known. */

export type Config = Readonly<Record<string, unknown>>;

/**
 * Parses JSON as Python writes it: NaN, Infinity and -Infinity may stand where numbers do. Throws SyntaxError; ModelError
 * where it exceeds what {@link measureJson} allows.
 */
export function parsePythonJson(text: string, fileName: string): unknown {
  measureJson(text, fileName);
  try {
    return JSON.parse(text);
  } catch {
    return JSON.parse(standard(text));
  }
}

/** Characters of a model's description: 100,000 layers take a third of it. */
export const MOST_JSON = 128 * 1024 * 1024;
/** Lists and objects inside each other: 32 nested models take a fifth of it. */
const MOST_NESTED = 512;
/** Values: parsed, each takes some dozen bytes. */
const MOST_VALUES = 10_000_000;

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const [LIST, LIST_END, OBJECT, OBJECT_END] = [0x5b, 0x5d, 0x7b, 0x7d];

/** Position of the quote that ends the string which begins at `start`; the text's length where none does. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let before = at - 1;
    while (text.charCodeAt(before) === BACKSLASH) {
      before--;
    }
    if ((at - before) % 2 === 1) {
      return at;
    }
  }
  return text.length;
}

/** Looks whether text is small enough to be parsed, before memory is taken for what it holds. Throws ModelError. */
function measureJson(text: string, fileName: string): void {
  if (text.length > MOST_JSON) {
    throw tooLong(fileName, text.length);
  }
  let depth = 0;
  let values = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfString(text, at);
    } else if (code === COMMA) {
      values++;
    } else if (code === LIST || code === OBJECT) {
      values++;
      depth++;
    } else if (code === LIST_END || code === OBJECT_END) {
      depth--;
    }
    if (depth > MOST_NESTED || values > MOST_VALUES) {
      throw new ModelError(
        depth > MOST_NESTED
          ? message(
              '%1 is no model that Keras could have written: its description nests lists more than %2 deep.',
              fileName,
              MOST_NESTED
            )
          : message(
              "%1 is no model that GradLens can read: its description holds more than %2 million values, besides the layers' weights.",
              fileName,
              MOST_VALUES / 1e6
            )
      );
    }
  }
}

/** The error of a description of so many characters or bytes. */
const tooLong = (fileName: string, length: number): ModelError =>
  new ModelError(
    message(
      '%1 is no model that GradLens can read: the description of its layers takes %2 MB, more than %3.',
      fileName,
      Math.ceil(length / 2 ** 20),
      MOST_JSON / 2 ** 20
    )
  );

const LITERALS = /"|-?\b(?:NaN|Infinity)\b/g;

/** The text with what only Python writes replaced; strings stay as they are. */
function standard(text: string): string {
  const parts: string[] = [];
  let from = 0;
  LITERALS.lastIndex = 0;
  for (let found = LITERALS.exec(text); found; found = LITERALS.exec(text)) {
    const [token] = found;
    if (token === '"') {
      LITERALS.lastIndex = endOfString(text, found.index) + 1;
      continue;
    }
    parts.push(text.slice(from, found.index), token === 'NaN' ? 'null' : token === 'Infinity' ? '1e999' : '-1e999');
    from = LITERALS.lastIndex;
  }
  return parts.join('') + text.slice(from);
}

export function isConfig(value: unknown): value is Config {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object at `key`, or an empty one. */
export function configAt(value: Config, key: string): Config {
  const found = value[key];
  return isConfig(found) ? found : {};
}

export function listAt(value: Config, key: string): readonly unknown[] {
  const found = value[key];
  return Array.isArray(found) ? found : [];
}

export function stringAt(value: Config, key: string): string | null {
  const found = value[key];
  return typeof found === 'string' ? found : null;
}

/** A batch-first shape as Keras writes it, or null. */
export function shapeOf(value: unknown): (number | null)[] | null {
  return Array.isArray(value) &&
    value.length > 0 &&
    value.every(size => size === null || (typeof size === 'number' && size >= 0))
    ? value
    : null;
}
