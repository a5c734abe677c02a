/** Settings of the methods that take many passes. */
export interface MethodSettings {
  /** Integrated gradients: points on the way from the baseline (default 50). */
  steps?: number;
  /**
   * Integrated gradients and occlusion: the value, on the scale of the
   * model's input, that stands for "nothing there" (default 0).
   */
  baseline?: number;
  /** SmoothGrad: number of noisy copies (default 25). */
  samples?: number;
  /** SmoothGrad: standard deviation of the noise as a share of the input's range (default 0.2). */
  noise?: number;
  /** SmoothGrad: of the noise's generator (default 1). */
  seed?: number;
  /** Occlusion: side of the patch in pixels (default: an eighth of the image's longer side). */
  patch?: number;
  /** Occlusion: pixels from one patch to the next (default: half a patch). */
  stride?: number;
  /** Score-CAM: at most so many channels, those that vary most (default 128). */
  channels?: number;
}
