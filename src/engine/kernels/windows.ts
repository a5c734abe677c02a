/** Geometry of sliding windows over images. */

/** One axis: input size, window, stride, dilation and the padding on each side. */
export interface WindowAxis {
  input: number;
  output: number;
  window: number;
  stride: number;
  dilation: number;
  before: number;
  after: number;
}

/** Geometry of sliding windows, as TensorFlow computes it, shared by convolutions and pooling. */

export interface Windows {
  rows: WindowAxis;
  columns: WindowAxis;
}
