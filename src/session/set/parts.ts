/** Parts of pictures, on the grid on which maps are laid: the region that is drawn, or masks that the cell gave. */
import { type Part, partOfMask } from '../../explain/set/share-inside';
import type { Grid } from '../../explain/upsample';
import type { ModelPayload } from '../../mime/payload';
import type { RegionOfInterest } from '../../state/view-state';
import { withRegion } from '../experiment/masks';

/** Which part of each picture is measured. */
export type PartSource = 'region' | 'mask';

/** Gives the part of an image; null where it has none. */
export type PartOf = (image: number, grid: Grid) => Part | null;

/** The pixels of a grid whose centre lies in a region of the picture. */
export function partOfRegion(region: RegionOfInterest, { height, width }: Grid): Part {
  const cells = withRegion(new Uint8Array(height * width), [height, width], region, 1);
  return { inside: Float32Array.from(cells), height, width };
}

/** The part of every image: what several have alike is found once. */
export function partsOf(
  { images, mask }: Pick<ModelPayload, 'images' | 'mask'>,
  source: PartSource,
  region: RegionOfInterest | null
): PartOf {
  const known = new Map<unknown, Map<string, Part | null>>();
  return (image, grid) => {
    const from = source === 'region' ? region : (images[image].mask ?? mask ?? null);
    if (from === null) {
      return null;
    }
    const ofGrid = known.get(from) ?? new Map<string, Part | null>();
    known.set(from, ofGrid);
    const key = `${grid.height} ${grid.width}`;
    const part = ofGrid.get(key) ?? ('runs' in from ? partOfMask(from, grid) : partOfRegion(from, grid));
    // Masks of one image each are not needed again.
    if (source === 'region' || from === mask) {
      ofGrid.set(key, part);
    }
    return part;
  };
}

export const hasMasks = ({ images, mask }: Pick<ModelPayload, 'images' | 'mask'>): boolean =>
  mask !== undefined || images.some(image => image.mask !== undefined);
