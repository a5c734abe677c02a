import { expect, it } from 'vitest';
import { ForwardCache } from './forward-cache';

it('lets a passing input go though a check looked it up again', () => {
  const cache = new ForwardCache();
  const lasting = cache.entry('model', 'the picture');
  const stroke = cache.entry('model', 'a stroke', true);
  // As a check and a ranking do, which read what their run left.
  expect(cache.entry('model', 'a stroke')).toBe(stroke);
  cache.entry('model', 'the next stroke', true);
  expect(cache.entry('model', 'a stroke')).not.toBe(stroke);
  expect(cache.entry('model', 'the picture')).toBe(lasting);
});
