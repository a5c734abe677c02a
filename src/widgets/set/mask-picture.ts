import { maskOfCells } from '../../explain/pixels';
import { message, MessageError } from '../../messages/message';
import type { NamedMask } from '../../session/set/opened-masks';

/** Longer masks are made smaller: maps have fewer cells. */
const LONGEST_SIDE = 2048;
/** The runs of a mask that are held at most, as of one that Python gives. */
const MOST_RUNS = 100_000;

/**
 * The mask in a picture file: inside is what is neither black nor wholly transparent.
 *
 * @throws MessageError where it is no picture, or too rough
 */
export async function maskFrom(file: File): Promise<NamedMask> {
  const { name } = file;
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file, { premultiplyAlpha: 'none', colorSpaceConversion: 'none' });
  } catch {
    throw new MessageError(message('This browser cannot read “%1” as a picture. Give a PNG.', name));
  }
  const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
  const width = Math.max(1, Math.round(bitmap.width * scale));
  const height = Math.max(1, Math.round(bitmap.height * scale));
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) {
    bitmap.close();
    throw new MessageError(message('“%1” could not be drawn: the browser gave no canvas.', name));
  }
  context.imageSmoothingEnabled = false;
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  const { data } = context.getImageData(0, 0, width, height);
  const cells = new Uint8Array(width * height);
  for (let i = 0, at = 0; i < cells.length; i++, at += 4) {
    cells[i] = Number(data[at + 3] > 0 && (data[at] > 0 || data[at + 1] > 0 || data[at + 2] > 0));
  }
  const mask = maskOfCells(cells, [height, width]);
  if (mask.runs.length > MOST_RUNS) {
    throw new MessageError(message('“%1” is too rough for a mask: give one with smoother edges.', name));
  }
  return { name, mask };
}
