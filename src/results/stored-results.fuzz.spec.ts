/** What anybody may have written into a notebook: read, or refused in a sentence; nothing else. */
import { expect, it } from 'vitest';
import { packResult, packSummary } from './pack';
import { StoredResults } from './stored-results';
import { StoredError } from './tensors/gzip';
import { MODEL, OF, result } from './testing/result';

/** Mulberry32: the same cases in every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const ODD: readonly unknown[] = [null, -1, 0.5, 1e300, 2 ** 31, '', '<img src=x onerror=alert(1)>', [], {}, [[]], true];

/** Replaces a value somewhere in it, or a character of a text, or takes something away. */
function damaged(value: unknown, next: () => number): unknown {
  const pick = <T>(of: readonly T[]): T => of[Math.floor(next() * of.length)];
  if (typeof value === 'object' && value !== null && next() < 0.9) {
    const entries = Object.entries(value);
    if (entries.length > 0) {
      const [chosen] = pick(entries);
      const changed = entries.flatMap(([key, inner]) =>
        key !== chosen ? [[key, inner] as const] : next() < 0.1 ? [] : [[key, damaged(inner, next)] as const]
      );
      return Array.isArray(value) ? changed.map(([, inner]) => inner) : Object.fromEntries(changed);
    }
  }
  if (typeof value === 'string' && value.length > 8 && next() < 0.7) {
    const at = Math.floor(next() * value.length);
    return value.slice(0, at) + pick(['A', '/', '=', '', 'zzzz']) + value.slice(at + 1);
  }
  return pick(ODD);
}

it('is read, or refused by a StoredError', { timeout: 60_000 }, async () => {
  const { run, outputs, planes } = await packResult({ ...result(), parts: new Float32Array(12) });
  const good = {
    version: 1,
    model: OF,
    summary: await packSummary(MODEL),
    runs: [run],
    outputs: [outputs],
    planes: [planes]
  };
  const next = random(1);
  const ends = { read: 0, refused: 0 };
  for (let i = 0; i < 1500; i++) {
    const raw = JSON.parse(JSON.stringify(next() < 0.5 ? damaged(good, next) : damaged(damaged(good, next), next)));
    try {
      const stored = await StoredResults.read(raw);
      for (const question of stored.questions) {
        await stored.answer(question);
      }
      ends.read++;
    } catch (error) {
      expect(error).toBeInstanceOf(StoredError);
      expect((error as StoredError).message.length).toBeGreaterThan(10);
      ends.refused++;
    }
  }
  expect(ends.read).toBeGreaterThan(50);
  expect(ends.refused).toBeGreaterThan(500);
});
