/** Colours of what is drawn around and over maps, as CSS; widgets read them from --jp-* variables. */
export interface Inks {
  /** Behind and beside the image. */
  background: string;
  /** Labels of tiles. */
  text: string;
  /** Lines between cells. */
  line: string;
  /** Around the selected tile. */
  selected: string;
  /** The cross-hair, and the thin edge that sets it off from the picture. */
  crosshair: string;
  halo: string;
  /** CSS font family of labels and numbers. */
  font: string;
}

/**
 * Sizes a canvas for a pixel ratio: `width` and `height` are CSS pixels.
 * @returns Whether its size changed, which also cleared it.
 */
export function fitCanvas(canvas: HTMLCanvasElement, width: number, height: number, pixelRatio: number): boolean {
  const deviceWidth = Math.max(Math.round(width * pixelRatio), 1);
  const deviceHeight = Math.max(Math.round(height * pixelRatio), 1);
  const changed = canvas.width !== deviceWidth || canvas.height !== deviceHeight;
  if (changed) {
    canvas.width = deviceWidth;
    canvas.height = deviceHeight;
  }
  return changed;
}

/**
 * The canvas' 2D context without a transform.
 * @throws Error if the canvas has a context of another kind.
 */
export function context2d(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext('2d');
  if (!context) {
    throw new Error('A heatmap needs a canvas with a 2D context; this one already has another kind.');
  }
  context.setTransform(1, 0, 0, 1, 0, 0);
  return context;
}

/** Relative luminance (0 dark .. 1 light) of sRGB bytes, gamma left in: good enough to choose an ink. */
export function luminance([red, green, blue]: readonly [number, number, number]): number {
  return (0.299 * red + 0.587 * green + 0.114 * blue) / 255;
}

/** Strokes a path twice, wide and thin, so that it shows on any ground. */
export function strokeWithHalo(
  context: CanvasRenderingContext2D,
  path: Path2D,
  ink: string,
  halo: string,
  lineWidth: number
): void {
  context.strokeStyle = halo;
  context.lineWidth = 3 * lineWidth;
  context.stroke(path);
  context.strokeStyle = ink;
  context.lineWidth = lineWidth;
  context.stroke(path);
}

/** A line's centre such that its edges fall on device pixels. */
export function snap(position: number, lineWidth: number): number {
  return lineWidth % 2 === 1 ? Math.floor(position) + 0.5 : Math.round(position);
}
