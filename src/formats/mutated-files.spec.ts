/** Damaged files: reading them ends, and in nothing but a model or a ModelError. */
import { describe, expect, it } from 'vitest';
import { ModelError } from '../graph/model-graph';
import { readModel } from './index';
import { bytesOf } from './testing/reader-data';

/** Marsaglia's xorshift32: the same damage in every run. */
function random(seed: number): (below: number) => number {
  let state = seed || 1;
  return below => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

function damaged(bytes: Uint8Array, seed: number): Uint8Array {
  const next = random(seed * 2654435761);
  const copy = bytes.slice(0, next(8) === 0 ? next(bytes.length) : bytes.length);
  for (let i = next(12); i >= 0 && copy.length > 0; i--) {
    // Half of the damage where the structure is.
    copy[next(2) ? next(copy.length) : next(Math.min(copy.length, 4096))] = next(256);
  }
  return copy;
}

async function readAll(bytes: Uint8Array, name: string): Promise<'read' | 'refused'> {
  try {
    const graph = await readModel(bytes, name);
    try {
      graph.nodes.forEach(node => Object.values(node.weights).forEach(weight => weight.read()));
    } finally {
      graph.dispose();
    }
    return 'read';
  } catch (error) {
    expect(error, error instanceof Error ? error.stack : String(error)).toBeInstanceOf(ModelError);
    return 'refused';
  }
}

describe.each(['with_input.keras3.h5', 'siamese.keras3.keras', 'slashes.keras2.h5', 'nested.keras2.keras'])(
  '%s',
  file => {
    it('damaged 150 times', { timeout: 60_000 }, async () => {
      const bytes = bytesOf(file);
      const outcomes = { read: 0, refused: 0 };
      for (let seed = 1; seed <= 150; seed++) {
        outcomes[await readAll(damaged(bytes, seed), file)]++;
      }
      expect(outcomes.refused).toBeGreaterThan(10);
      expect(await readAll(bytes, file)).toBe('read');
    });
  }
);
