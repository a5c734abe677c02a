import { existsSync, readFileSync } from 'node:fs';

/** Reads JSON made by a generator; says how to make it where it is missing. */
export function readReference<T>(path: string, generator: string): T {
  if (!existsSync(path)) {
    throw new Error(`${path} is missing. Make it with: .venv-keras/bin/python ${generator}`);
  }
  return JSON.parse(readFileSync(path, 'utf8')) as T;
}
