/**
 * Limits the pixels of a map while it moves. A GPU draws all of them in
 * time; a renderer in software does not, and then a coarser picture that follows
 * the hand is better than a sharp one that lags. At rest all is drawn sharp.
 */

/** Milliseconds without a change after which a map is at rest. */
export const REST = 140;

/** Parts of the full resolution, in each direction. */
const STEPS = [1, 0.7, 0.5, 0.35, 0.25];

/** Drawings smaller than this say little about the time that a pixel takes. */
const LEAST_PIXELS = 10_000;

export class Pace {
  /** Milliseconds a pixel, from the drawings of late. */
  private _cost = 0;

  /** Says how long a drawing took. */
  record(pixels: number, milliseconds: number): void {
    if (pixels >= LEAST_PIXELS) {
      const cost = milliseconds / pixels;
      this._cost = this._cost === 0 ? cost : 0.7 * this._cost + 0.3 * cost;
    }
  }

  /** The finest resolution, 0.25..1, at which so many pixels are drawn within a time. */
  resolutionFor(pixels: number, milliseconds: number): number {
    const part = Math.sqrt(milliseconds / Math.max(this._cost * pixels, 1e-9));
    return STEPS.find(step => step <= part) ?? STEPS[STEPS.length - 1];
  }
}
