/**
 * Forward values that are kept between runs, so that another class, method or
 * layer of the same input needs little or no forward work. Within a budget;
 * the inputs used longest ago go first, and within an input the values
 * furthest from the output.
 */
import type { Tensor } from '@tensorflow/tfjs-core';
import type { ValueId } from '../plan/step';
import type { Shapes, Values } from '../plan/step';
import type { GivenPicture } from '../protocol/protocol';

/** Bytes of forward values that all models together may keep. */
const CACHE_BUDGET = 256 * 1024 * 1024;

const BYTES_PER_VALUE = 4;

export class CacheEntry {
  readonly values: Values = new Map();
  readonly shapes: Shapes = new Map();
  /** By input, the smallest and the largest value that it was given. */
  readonly fed = new Map<ValueId, [number, number]>();
  /** (h, w) of the picture as given, or null. */
  picture: [number, number] | null = null;
  /** What a perturbation made of the picture, or null. */
  given: GivenPicture | null = null;

  /** @param isPassing - Asked about now, and hardly again: makes room for the next such. */
  constructor(readonly isPassing: boolean) {}

  get bytes(): number {
    let sum = this.given?.rgba.byteLength ?? 0;
    this.values.forEach(tensor => (sum += tensor.size * BYTES_PER_VALUE));
    return sum;
  }

  drop(id: ValueId): void {
    this.values.get(id)?.dispose();
    this.values.delete(id);
  }

  /** Drops the oldest of the values that may go until `bytes` are freed or nothing is left to drop. */
  shrink(bytes: number, mayGo: (id: ValueId) => boolean): void {
    let freed = 0;
    for (const [id, tensor] of this.values) {
      if (freed >= bytes) {
        return;
      }
      if (mayGo(id)) {
        freed += tensor.size * BYTES_PER_VALUE;
        this.drop(id);
      }
    }
  }

  dispose(): void {
    this.values.forEach((tensor: Tensor) => tensor.dispose());
    this.forget();
  }

  forget(): void {
    this.values.clear();
    this.shapes.clear();
    this.fed.clear();
    this.given = null;
  }
}

export class ForwardCache {
  private entries = new Map<string, CacheEntry>();

  constructor(private budget = CACHE_BUDGET) {}

  /** Sets the bytes that may be kept; what is too much goes with the next run. */
  setBudget(bytes: number): void {
    this.budget = bytes;
  }

  /**
   * The entry of an input of a model, now the most recent one; made if there is none.
   *
   * @param isPassing - Of an input that the next such takes the place of, as each stroke does over a picture;
   *   counts where the entry is made.
   */
  entry(model: string, inputKey: string, isPassing = false): CacheEntry {
    const key = JSON.stringify([model, inputKey]);
    const entry = this.entries.get(key) ?? new CacheEntry(isPassing);
    this.entries.delete(key);
    if (isPassing) {
      [...this.entries.values()].filter(other => other.isPassing).forEach(other => this.drop(other));
    }
    this.entries.set(key, entry);
    return entry;
  }

  /** Keeps the budget; values of `current` go only if they may. */
  trim(current: CacheEntry, mayGo: (id: ValueId) => boolean): void {
    let total = 0;
    this.entries.forEach(entry => (total += entry.bytes));
    for (const [key, entry] of this.entries) {
      if (total <= this.budget) {
        return;
      }
      if (entry !== current) {
        total -= entry.bytes;
        entry.dispose();
        this.entries.delete(key);
      }
    }
    current.shrink(total - this.budget, mayGo);
  }

  /** Drops what is kept of a model. */
  close(model: string): void {
    for (const [key, entry] of this.entries) {
      if ((JSON.parse(key) as string[])[0] === model) {
        entry.dispose();
        this.entries.delete(key);
      }
    }
  }

  /** Drops an entry whose run failed half way. */
  drop(entry: CacheEntry): void {
    for (const [key, known] of this.entries) {
      if (known === entry) {
        this.entries.delete(key);
      }
    }
    entry.dispose();
  }

  /** Drops everything; `lost`: the backend is gone and there is nothing to free. */
  clear(lost: boolean): void {
    this.entries.forEach(entry => (lost ? entry.forget() : entry.dispose()));
    this.entries.clear();
  }
}
