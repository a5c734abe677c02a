import type { PayloadImage } from '../../mime/payload';
import { pngSize } from '../../mime/png-size';

/** Classes that a view lists at most, and how many it is taken to list where their number is not known. */
const CLASSES = 5;

/** So many images lie in one row; more make a gallery, as high as so many rows. */
export const FEW_IMAGES = 12;
const GALLERY_ROWS = 3.5;

/** Width over height of the panes: very long images are not shown in full height (or width). */
export const paneAspect = (aspect: number): number => Math.min(2.4, Math.max(0.8, aspect));

/** What a look at a payload may find that nobody has checked. */
interface Unchecked {
  readonly tensor?: { readonly shape?: readonly number[] } | null;
  readonly images?: readonly Partial<Pick<PayloadImage, 'picture' | 'slices' | 'original'> | null>[];
  readonly labels?: readonly string[];
  readonly view?: { readonly image?: number } | null;
}

const count = (list: unknown): number | null => (Array.isArray(list) ? list.length : null);

/** Width over height of what a payload shows at first. */
function aspectOf(payload: Unchecked | null | undefined): number {
  const [, rows = 1, columns = 1] = count(payload?.tensor?.shape) === 3 ? (payload?.tensor?.shape ?? []) : [];
  if (count(payload?.images) === null) {
    return columns / rows;
  }
  const { images = [], view } = payload ?? {};
  const { picture, slices = 1, original } = images[view?.image ?? 0] ?? images[0] ?? {};
  const { width, height } = original ?? (picture ? pngSize(picture) : null) ?? {};
  return width && height ? (width * slices) / height : 1;
}

/**
 * Tells the style sheet what the height of a view depends on besides its width: from its
 * first paint an output is as high as the live view will be, and the page does
 * not move while it loads (style/index.css).
 *
 * @param raw - A payload, which need not have been checked yet.
 */
export function reserveSpace(output: HTMLElement, raw: unknown): void {
  const payload = raw as Unchecked | null | undefined;
  const images = count(payload?.images);
  // How high the question for a picture is, its own style says.
  if (images === 0) {
    return;
  }
  const isModel = images !== null;
  const form = isModel ? 'model' : Number(payload?.tensor?.shape?.[0]) > 1 ? 'grid' : 'single';
  output.dataset.gradlensForm = form;
  output.style.setProperty('--gradlens-aspect', String(paneAspect(aspectOf(payload))));
  output.style.setProperty(
    '--gradlens-classes',
    String(isModel ? Math.min(CLASSES, count(payload?.labels) ?? CLASSES) : 0)
  );
  const rows = !isModel || images === 1 ? 0 : images > FEW_IMAGES ? GALLERY_ROWS : 1;
  output.style.setProperty('--gradlens-strip', String(rows));
}
