import { expect, it } from 'vitest';
import { ModelShelf } from './model-shelf';

function shelfOf(budget: number): { shelf: ModelShelf; closed: string[] } {
  const closed: string[] = [];
  return {
    shelf: new ModelShelf(
      () => budget,
      model => closed.push(model)
    ),
    closed
  };
}

it('keeps a model as long as any view uses it', () => {
  const { shelf, closed } = shelfOf(0);
  for (let i = 0; i < 100; i++) {
    shelf.retain('a', 50);
  }
  for (let i = 0; i < 99; i++) {
    shelf.release('a');
  }
  expect([shelf.models, closed]).toEqual([['a'], []]);
  shelf.release('a');
  expect([shelf.models, closed]).toEqual([[], ['a']]);
});

it('keeps unused models within the budget, so that the next view finds them', () => {
  const { shelf, closed } = shelfOf(100);
  for (const model of ['a', 'b', 'c']) {
    shelf.retain(model, 50);
    shelf.release(model);
  }
  expect(closed).toEqual(['a']);
  expect(shelf.models).toEqual(['b', 'c']);
});

it('closes the one that has been unused longest', () => {
  const { shelf, closed } = shelfOf(60);
  shelf.retain('a', 50);
  shelf.retain('b', 50);
  shelf.release('b');
  shelf.release('a');
  expect(closed).toEqual(['b']);
});

it('does not count models in use against the budget', () => {
  const { shelf, closed } = shelfOf(60);
  shelf.retain('large', 1000);
  shelf.retain('a', 50);
  shelf.release('a');
  expect(closed).toEqual([]);
});

it('ignores what it never had', () => {
  const { shelf, closed } = shelfOf(0);
  shelf.release('stranger');
  expect([shelf.models, closed]).toEqual([[], []]);
});
