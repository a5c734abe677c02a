import type { PixelMask } from '../explain/names';

/** What stands for "not there". */
export type Fill = 'black' | 'mean' | 'grey' | 'blur' | 'noise' | 'surroundings';

/**
 * What is done to a picture before the model is given it: {@link perturbed} does it, and
 * `gradlens.perturb` in Python. What is absent is not done.
 */
export interface Perturbation {
  /** The part that is covered, which is laid on the whole picture, whatever its size. */
  readonly cover?: PixelMask;
  /** Default: black. */
  readonly fill?: Fill;
  /** Pixels by which the edge of the cover is softened; see {@link blurred}. */
  readonly soft?: number;
  /** Part of the whole range that is added: -1 to 1. */
  readonly brightness?: number;
  /** Factor of the distance to the mean of the channel. */
  readonly contrast?: number;
  /** Pixels over which the picture is blurred; see {@link blurred}. */
  readonly blur?: number;
  /** Pixels to the right and down. */
  readonly shift?: readonly [number, number];
  /** Degrees about the middle of the picture, counter-clockwise. */
  readonly rotation?: number;
}
