import type { Answered } from '../../session/experiment/experiment';
import { encodeNpy } from '../../viewer/export/npy';

interface SavedFile {
  /** What the name ends with. */
  ending: string;
  blob: Blob;
}

/**
 * What is taken away of an experiment: the picture that the model was given, pixel by pixel, or the
 * values: that picture (h, w, 3), and the maps before and after, stacked.
 */
export async function filesOf({ given, before, run }: Answered, kind: 'png' | 'npy'): Promise<SavedFile[]> {
  if (kind === 'png') {
    return given ? [{ ending: '.png', blob: await pngOf(given) }] : [];
  }
  const [was, is] = [before.run.maps[before.layer], run.maps[before.layer]];
  const files: SavedFile[] = [];
  if (given) {
    const { height, width, rgba } = given;
    const rgb = Float32Array.from({ length: 3 * height * width }, (_, i) => rgba[4 * Math.floor(i / 3) + (i % 3)]);
    files.push({ ending: '_picture.npy', blob: npy(rgb, [height, width, 3]) });
  }
  if (was && is) {
    const [height, width] = is.shape.slice(-2);
    files.push({ ending: '_maps.npy', blob: npy(Float32Array.from([...was.data, ...is.data]), [2, height, width]) });
  }
  return files;
}

const npy = (values: Float32Array, shape: readonly number[]): Blob => new Blob([encodeNpy(values, shape)]);

export async function pngOf({ height, width, rgba }: NonNullable<Answered['given']>): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext('2d')?.putImageData(new ImageData(rgba, width, height), 0, 0);
  return canvas.convertToBlob({ type: 'image/png' });
}
