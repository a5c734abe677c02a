import { expect, it } from 'vitest';
import type { ModelPayload } from '../mime/payload';
import { inputName } from './input-name';

const payload = (own: Partial<ModelPayload> = {}): ModelPayload => ({
  version: 1,
  kind: 'model',
  id: 'a',
  model: { path: 'm.keras', name: 'm.keras' },
  images: [
    { name: 'a.png', picture: 'AAAA' },
    { name: 'b.png', picture: 'AAAB' }
  ],
  preprocess: 'tf',
  interpolation: 'bilinear',
  ...own
});

it('is the same for what is fed alike, whatever it is called', () => {
  const renamed = payload({ id: 'b', images: [{ name: 'c.png', picture: 'AAAA', truth: 1 }] });
  expect(inputName(renamed, 0)).toBe(inputName(payload(), 0));
});

it('is the same when the notebook was read back, whose file orders keys', () => {
  const original = { size: 1, hash: 'a'.repeat(64), width: 2, height: 1 };
  const sorted = { hash: 'a'.repeat(64), height: 1, size: 1, width: 2 };
  const of = (own: typeof original): string =>
    inputName(payload({ images: [{ name: 'a.png', picture: 'AAAA', original: own }] }), 0);
  expect(of(sorted)).toBe(of(original));
});

it('differs with everything that changes what is fed', () => {
  const tensor = { dtype: 'float32' as const, shape: [1, 1, 1], data: 'AAAAAA==' };
  const original = { size: 1, hash: 'a'.repeat(64), width: 1, height: 1 };
  const names = [
    inputName(payload(), 0),
    inputName(payload(), 1),
    inputName(payload({ preprocess: null }), 0),
    inputName(payload({ interpolation: 'nearest' }), 0),
    ...[{ tensor }, { original }, { input: 'x' }, { slices: 2 }, { others: { x: { tensor } } }].map(own =>
      inputName(payload({ images: [{ name: 'a.png', picture: 'AAAA', ...own }] }), 0)
    )
  ];
  expect(new Set(names).size).toBe(names.length);
});
