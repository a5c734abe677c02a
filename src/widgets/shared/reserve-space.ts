import type { Payload } from '../../mime/payload';
import { pngSize } from '../../mime/png-size';

/** Classes that a view lists at most, and how many it is taken to list where their number is not known. */
const CLASSES = 5;

/** So many images lie in one row; more make a gallery, as high as so many rows. */
export const FEW_IMAGES = 12;
const GALLERY_ROWS = 3.5;

/** Width over height of the panes: very long images are not shown in full height (or width). */
export const paneAspect = (aspect: number): number => Math.min(2.4, Math.max(0.8, aspect));

/** Width over height of what a payload shows at first. */
function aspectOf(payload: Payload): number {
  if (payload.kind === 'heatmap') {
    const [, height, width] = payload.tensor.shape;
    return width / height;
  }
  const { picture = '', slices = 1, original } = payload.images[payload.view?.image ?? 0] ?? payload.images[0] ?? {};
  const size = original ?? pngSize(picture);
  return size ? (size.width * slices) / size.height : 1;
}

/**
 * Tells the style sheet what the height of a view depends on besides its width:
 * from its first paint an output is as high as the live view will be, and the
 * page does not move while it loads (style/index.css).
 */
export function reserveSpace(output: HTMLElement, payload: Payload): void {
  const isModel = payload.kind === 'model';
  // How high the question for a picture is, its own style says.
  if (isModel && payload.images.length === 0) {
    return;
  }
  const form = isModel ? 'model' : payload.tensor.shape[0] > 1 ? 'grid' : 'single';
  output.dataset.gradlensForm = form;
  output.style.setProperty('--gradlens-aspect', String(paneAspect(aspectOf(payload))));
  output.style.setProperty(
    '--gradlens-classes',
    String(isModel ? Math.min(CLASSES, payload.labels?.length ?? CLASSES) : 0)
  );
  const images = isModel ? payload.images.length : 0;
  const rows = images > FEW_IMAGES ? GALLERY_ROWS : images > 1 ? 1 : 0;
  output.style.setProperty('--gradlens-strip', String(rows));
}
