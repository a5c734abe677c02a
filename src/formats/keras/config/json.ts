/** Keras' JSON, and typed reading of values whose shape is not known. */

export type Config = Readonly<Record<string, unknown>>;

/** Parses JSON as Python writes it: NaN, Infinity and -Infinity may stand where numbers do. Throws SyntaxError. */
export function parsePythonJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const standard = text.replace(/"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g, token =>
      token.startsWith('"') ? token : token === 'NaN' ? 'null' : token === 'Infinity' ? '1e999' : '-1e999'
    );
    return JSON.parse(standard);
  }
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
