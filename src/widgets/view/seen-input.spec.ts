import { describe, expect, it } from 'vitest';
import { layerInfo } from '../../graph/testing/layer-info';
import { english } from '../../messages/message';
import type { PayloadImage } from '../../mime/payload';
import type { Explained } from '../../session/model/explained';
import type { MethodName } from '../../state/view-state';
import { seenInput } from './seen-input';

const image: PayloadImage = {
  name: 'a',
  picture: 'L',
  input: 'left',
  others: {
    right: { picture: 'R' },
    scan: { picture: 'S', slices: 4 },
    scaled: { tensor: { dtype: 'float32', shape: [1, 1, 3], data: '' }, picture: 'N' },
    meta: { tensor: { dtype: 'float32', shape: [2], data: '' } }
  }
};
const explained = (method: MethodName, explainedInput = 'left'): Explained =>
  ({ method, run: { explainedInput } }) as unknown as Explained;
const layer = (...sees: string[]) => layerInfo('conv', { sees });

describe('the picture under a map', () => {
  it.each([
    ['the one shown, which the layer sees among others', layer('right', 'left'), 'L', null],
    ['that of the input which the layer sees', layer('right'), 'R', /^The layer conv is about the input right/],
    ['that of values which are a picture’s', layer('scaled'), 'N', /^The layer conv is about the input scaled/],
    ['none where that input is none', layer('meta'), null, /input meta, which has no picture here/]
  ])('is %s', (_, of, picture, said) => {
    const seen = seenInput(image, explained('grad-cam'), of, null);
    expect(seen.image?.picture ?? null).toBe(picture);
    const told = seen.caption ?? seen.notice;
    expect(seen.notice === null).toBe(seen.image !== null);
    expect(told && english(told)).toEqual(said === null ? null : expect.stringMatching(said));
  });

  it('is that of the input which a method of the input explains, but of the layer for its channels', () => {
    const run = explained('saliency', 'scan');
    expect(seenInput(image, run, layer('left'), null).image).toMatchObject({ picture: 'S', slices: 4 });
    expect(seenInput(image, run, layer('left'), 2)).toEqual({ image, caption: null, notice: null });
  });

  it('is the only one there is of a model with one input', () => {
    const only: PayloadImage = { name: 'a', picture: 'L' };
    expect(seenInput(only, explained('saliency', 'x'), layer('x'), null)).toEqual({
      image: only,
      caption: null,
      notice: null
    });
  });
});
