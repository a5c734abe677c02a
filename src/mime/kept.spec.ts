import { describe, expect, it } from 'vitest';
import { readKept, withKept } from './kept';

describe('what is kept of a view in its output', () => {
  const whole = {
    view: { layer: 'conv2', viewport: { x: 0.5, y: 0.5, zoom: 2 } },
    layers: { Drop: 'identity' },
    file: { size: 3, hash: 'a'.repeat(64) },
    picture: { title: 'Grad-CAM of tank at conv4' }
  };

  it('is read as it was written', () => {
    expect(readKept(withKept({}, whole as never))).toEqual(whole);
  });

  it('is replaced part by part; what others and later versions wrote stays', () => {
    const before = { collapsed: true, gradlens: { later: 1, view: { layer: 'a' }, picture: { title: 'x' } } };
    expect(withKept(before, { view: { layer: 'b' } })).toEqual({
      collapsed: true,
      gradlens: { later: 1, view: { layer: 'b' }, picture: { title: 'x' } }
    });
  });

  it.each([
    ['nothing', undefined],
    ['no object', { gradlens: 3 }],
    ['null', { gradlens: null }],
    ['a view that is none', { gradlens: { view: { opacity: 'much' } } }],
    ['a view that is a list', { gradlens: { view: [] } }],
    ['layers that are none', { gradlens: { layers: { Drop: 'nothing' } } }],
    ['a file without its hash', { gradlens: { file: { size: 3, hash: 'short' } } }],
    ['a picture of what', { gradlens: { picture: {} } }]
  ])('is nothing where anybody wrote %s', (_, metadata) => {
    expect(readKept(metadata)).toEqual({});
  });

  it('keeps what is good beside what is not', () => {
    expect(readKept({ gradlens: { view: { opacity: 7 }, picture: { title: 'x' } } })).toEqual({
      picture: { title: 'x' }
    });
  });

  it('knows pictures that earlier versions stored', () => {
    expect(readKept({ gradlens: { picture: '0badcafe' } })).toEqual({ picture: { title: '' } });
  });
});
