/** ZeroPadding3D, Cropping3D and UpSampling3D on (n, d, h, w, c). */
import { numbersOf } from '../../../graph/attributes';
import type { Attributes } from '../../../graph/model-graph';
import { cropping2d, zeroPadding2d } from '../arrange/arrange';
import { upSampling2d } from '../resize/resize';
import { type Both, separable } from './separable';

/** Edges of the three axes, as (before, after) each, as the reader spells them. */
const edgesAlong =
  (key: 'padding' | 'cropping') =>
  (attributes: Attributes): Both => {
    const [depth, rows, columns] = attributes[key] as [number, number][];
    return { planes: { [key]: [rows, columns] }, depth: { [key]: [depth, [0, 0]] } };
  };

export const zeroPadding3d = separable(zeroPadding2d, edgesAlong('padding'));
export const cropping3d = separable(cropping2d, edgesAlong('cropping'));

/** Attribute `size`: how often each cell is repeated along each axis. */
export const upSampling3d = separable(upSampling2d, attributes => {
  const [depth, rows, columns] = numbersOf(attributes, 'size', [2, 2, 2]);
  return { planes: { size: [rows, columns] }, depth: depth === 1 ? null : { size: [depth, 1] } };
});
