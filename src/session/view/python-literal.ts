import type { Preprocess } from '../../mime/payload';

/** The value of `preprocess=` in Python. */
export function pythonPreprocess(preprocess: Preprocess): string {
  return typeof preprocess === 'string' || preprocess === null
    ? python(preprocess)
    : `{"mean": ${python(preprocess.mean)}, "std": ${python(preprocess.std)}}`;
}

/** Writes a JSON value in Python: with `None`, `True` and `False`. */
export function python(value: unknown): string {
  if (typeof value === 'boolean') {
    return value ? 'True' : 'False';
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return `{${Object.entries(value)
      .map(([key, entry]) => `${python(key)}: ${python(entry)}`)
      .join(', ')}}`;
  }
  return Array.isArray(value) ? `[${value.map(python).join(', ')}]` : value === null ? 'None' : JSON.stringify(value);
}
