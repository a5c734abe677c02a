/** Several HDF5 files as one: what is not in the first is looked for in the next. */
import type { WeightRef } from '../../graph/model-graph';
import type { Hdf5File } from './hdf5';

/** The parts of a file of weights that are read. */
export type Hdf5Tree = Pick<Hdf5File, 'keys' | 'hasGroup' | 'text' | 'texts' | 'weight' | 'close'>;

export class Hdf5Parts implements Hdf5Tree {
  constructor(private parts: readonly Hdf5Tree[]) {}

  keys(path: string): string[] {
    return [...new Set(this.parts.flatMap(part => part.keys(path)))];
  }

  hasGroup(path: string): boolean {
    return this.parts.some(part => part.hasGroup(path));
  }

  text(path: string, attribute: string): string | null {
    return this.first(part => part.text(path, attribute));
  }

  texts(path: string, name: string): string[] | null {
    return this.first(part => part.texts(path, name));
  }

  weight(path: string, name: string): WeightRef | null {
    return this.first(part => part.weight(path, name));
  }

  close(): void {
    this.parts.forEach(part => part.close());
  }

  private first<T>(find: (part: Hdf5Tree) => T | null): T | null {
    for (const part of this.parts) {
      const found = find(part);
      if (found !== null) {
        return found;
      }
    }
    return null;
  }
}
