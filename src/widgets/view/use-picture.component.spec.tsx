import { page } from '@vitest/browser/context';
import * as React from 'react';
import { expect, it } from 'vitest';
import type { Preprocess } from '../../mime/payload';
import { fakeModelView } from '../testing/fake-model';
import { renderInView } from '../testing/render';
import { usePicture } from './use-picture';

/** A gray PNG of one row: 0, 1, 8, 16. */
const IMAGE = {
  picture: 'iVBORw0KGgoAAAANSUhEUgAAAAQAAAABCAAAAADcV1ARAAAADUlEQVR4nGNkYGTnAAAAIwAS3ZhEMAAAAABJRU5ErkJggg=='
};

function graysOf(bitmap: ImageBitmap): number[] {
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
  context.drawImage(bitmap, 0, 0);
  return [...context.getImageData(0, 0, bitmap.width, 1).data].filter((_, i) => i % 4 === 0);
}

function Grays({ preprocess }: { preprocess: Preprocess }): React.ReactElement {
  const bitmap = usePicture(IMAGE, null, false, preprocess);
  return <output>{bitmap ? graysOf(bitmap).join(' ') : 'none yet'}</output>;
}

it.each<[string, Preprocess, string]>([
  ['as it is', null, '0 1 8 16'],
  ['as it is', 'scale', '0 1 8 16'],
  ['from black to white where 16 becomes 1', { mean: [0], std: [16 / 255] }, '0 16 128 255'],
  ['from black to white where 0..16 becomes -1..1', { mean: [8 / 255], std: [8 / 255] }, '0 16 128 255']
])('shows a picture %s: %j', async (_, preprocess, grays) => {
  const { session, controller } = fakeModelView();
  renderInView(<Grays preprocess={preprocess} />, { session, controller });
  await expect.element(page.getByRole('status')).toHaveTextContent(grays);
});
