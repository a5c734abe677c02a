import { describe, expect, it } from 'vitest';
import { type RegionOfInterest, WHOLE } from '../../state/places';
import { RegionByKeys } from './region-by-keys';

const at = (column: number, row: number) => ({ x: (column + 0.5) / 4, y: (row + 0.5) / 4 });

function drawing() {
  const drawn: (RegionOfInterest | null)[] = [];
  let ended = 0;
  const keys = new RegionByKeys(
    { width: 4, height: 4, region: WHOLE },
    region => drawn.push(region),
    () => ended++
  );
  return { keys, drawn, last: () => drawn[drawn.length - 1], ended: () => ended };
}

const lasso = (...places: { x: number; y: number }[]) => ({ kind: 'lasso', points: places.map(({ x, y }) => [x, y]) });

describe('a region by keys', () => {
  it('ends a rectangle with its second corner', () => {
    const { keys, last, ended } = drawing();
    keys.walked(at(3, 3), 'rectangle');
    expect(last()).toBeUndefined();
    keys.picked(at(0, 0), 'rectangle');
    keys.walked(at(1, 0), 'rectangle');
    expect(last()).toEqual({ kind: 'rectangle', x0: 0, y0: 0, x1: 0.5, y1: 0.25 });
    expect(ended()).toBe(0);
    keys.picked(at(1, 1), 'rectangle');
    expect(last()).toEqual({ kind: 'rectangle', x0: 0, y0: 0, x1: 0.5, y1: 0.5 });
    expect(ended()).toBe(1);
  });

  it('closes a lasso where its first corner is picked again, once it has an inside', () => {
    const { keys, last, ended } = drawing();
    const [a, b, c] = [at(0, 0), at(3, 0), at(3, 3)];
    keys.picked(a, 'lasso');
    keys.picked(a, 'lasso');
    keys.picked(b, 'lasso');
    keys.picked(a, 'lasso');
    expect(last()).toEqual(lasso(a, b, b));
    keys.walked(c, 'lasso');
    expect(last()).toEqual(lasso(a, b, c));
    keys.picked(c, 'lasso');
    expect(ended()).toBe(0);
    keys.walked(a, 'lasso');
    keys.picked(a, 'lasso');
    expect(last()).toEqual(lasso(a, b, c));
    expect(ended()).toBe(1);
    // The next corner begins another.
    keys.picked(b, 'lasso');
    expect(last()).toEqual(lasso(b, b, b));
  });

  it('gives up what is drawn, and says whether anything was', () => {
    const { keys, drawn, last, ended } = drawing();
    expect(keys.cancel()).toBe(false);
    expect(drawn).toEqual([]);
    keys.picked(at(0, 0), 'lasso');
    expect(keys.cancel()).toBe(true);
    expect(last()).toBeNull();
    expect(ended()).toBe(0);
  });

  it('forgets corners that were set with another tool', () => {
    const { keys, drawn } = drawing();
    keys.picked(at(0, 0), 'lasso');
    keys.walked(at(1, 1), 'rectangle');
    expect(drawn).toHaveLength(1);
  });

  it('begins anew where another region was drawn, or its own is not shown any more', () => {
    let shown: RegionOfInterest | null = null;
    const keys = new RegionByKeys(
      { width: 4, height: 4, region: WHOLE },
      region => (shown = region),
      () => undefined,
      region => region === shown
    );
    const other: RegionOfInterest = { kind: 'rectangle', x0: 0, y0: 0, x1: 1, y1: 1 };
    keys.picked(at(0, 0), 'rectangle');
    shown = other;
    keys.walked(at(1, 1), 'rectangle');
    expect(shown).toBe(other);
    keys.picked(at(2, 2), 'rectangle');
    expect(shown).toEqual({ kind: 'rectangle', x0: 0.5, y0: 0.5, x1: 0.75, y1: 0.75 });
    keys.forget();
    keys.walked(at(3, 3), 'rectangle');
    expect(shown).toEqual({ kind: 'rectangle', x0: 0.5, y0: 0.5, x1: 0.75, y1: 0.75 });
  });
});
