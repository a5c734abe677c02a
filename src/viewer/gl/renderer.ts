import { message, MessageError } from '../../messages/message';
import type { ColormapName, ScaleName } from '../../state/view-state';
import { COLORMAP_NAMES, SCALE_NAMES } from '../../state/vocabulary';
import { COLORMAP_SIZE } from '../color/colormaps';
import { type Rect, scaleTile, splitRect, type Tile, tilesBounds } from '../layout/tile';
import { Pace } from '../timing/pace';
import { createState, ensureIndices, type GLState, VERTEX_FLOATS } from './gl-program';
import { type HeatmapPlanes, HeatmapTexture } from './heatmap-texture';
import { packTiles } from './pack-tiles';

export type { Tile } from '../layout/tile';
export { type HeatmapPlanes, HeatmapTexture } from './heatmap-texture';

/** Mapping from values to colours. Changing it uploads nothing. */
export interface HeatmapStyle {
  colormap: ColormapName;
  /** Runs the colour map from its high end to its low end. */
  reversed?: boolean;
  /** Values at or below get the first colour. */
  min: number;
  /** Values at or above get the last colour. */
  max: number;
  /** A range for each tile instead of `min` and `max`: min, max, interleaved, two per tile. */
  ranges?: Float32Array;
  /** Spacing of the values over the range; default linear. */
  scale?: ScaleName;
  /** Part of the range, 0..1, below which nothing is drawn; default 0: all is drawn. */
  threshold?: number;
  /** Takes the threshold as one of distance from the middle of the range, for signed maps. */
  thresholdByMagnitude?: boolean;
  /** White stripes on what lies above the range, black ones on what lies below: nothing, infinities, or all such values. */
  marks?: 'none' | 'infinite' | 'outside';
  /** Opacity rises with a value's distance from zero, from nothing to all of `opacity` at the far end of the range. Default: it is the same for all. */
  fades?: boolean;
  /** Bilinear interpolation of the values (half-pixel centres), or true cells. */
  smooth: boolean;
  /** 0..1, default 1. */
  opacity?: number;
  /** Part of the target's resolution, 0..1, in each direction: less while a map moves on a slow renderer. Default 1. */
  resolution?: number;
}

/** In the order in which the shader counts them, as SCALE_NAMES is. */
const MARKS: readonly HeatmapStyle['marks'][] = ['none', 'infinite', 'outside'];

/**
 * Draws heatmaps with WebGL2 into 2D canvases. One context serves the page,
 * since browsers allow only about 16.
 */
export class HeatmapRenderer {
  /** Measures the speed of this renderer. */
  readonly pace = new Pace();
  private readonly _canvas: OffscreenCanvas;
  private readonly _gl: WebGL2RenderingContext;
  private readonly _textures = new Set<HeatmapTexture>();
  private readonly _restored = new Set<() => void>();
  private readonly _maxTextureSize: number;
  /** Null while the context is lost. */
  private _state: GLState | null;
  private _vertices: Float32Array<ArrayBuffer> = new Float32Array(0);

  /** @throws MessageError where the browser offers no WebGL2. */
  constructor() {
    const canvas = typeof OffscreenCanvas === 'undefined' ? null : new OffscreenCanvas(1, 1);
    const gl = canvas?.getContext('webgl2', { antialias: false, depth: false, powerPreference: 'low-power' });
    if (!canvas || !gl) {
      throw new MessageError(
        message(
          'Heatmaps need WebGL2, which this browser does not offer here; turn on hardware acceleration or use a recent browser.'
        )
      );
    }
    this._canvas = canvas;
    this._gl = gl;
    this._maxTextureSize = gl.getParameter(gl.MAX_TEXTURE_SIZE) as number;
    this._state = createState(gl);
    canvas.addEventListener('webglcontextlost', event => {
      // Without this the browser never restores the context.
      event.preventDefault();
      this._state = null;
      this._textures.forEach(texture => texture.release(null));
    });
    canvas.addEventListener('webglcontextrestored', () => {
      this._state = createState(gl);
      this._restored.forEach(listener => listener());
    });
  }

  /** False between the loss of the GPU context and its return; drawing does nothing then. */
  get isReady(): boolean {
    return this._state !== null && !this._gl.isContextLost();
  }

  /**
   * Registers maps for drawing. They are sent to the GPU when first drawn, and
   * again after a lost context. Keeps a reference to the data.
   * @throws Error if shape and data disagree, or the GPU cannot hold them.
   */
  upload(planes: HeatmapPlanes): HeatmapTexture {
    const texture = new HeatmapTexture(planes, this._maxTextureSize, disposed => {
      this._textures.delete(disposed);
      disposed.release(this.isReady ? this._gl : null);
    });
    this._textures.add(texture);
    return texture;
  }

  /** Calls `listener` when a lost context is back and views must redraw. Returns what unregisters it. */
  onRestored(listener: () => void): () => void {
    this._restored.add(listener);
    return () => this._restored.delete(listener);
  }

  /**
   * Draws tiles over what `target` shows, at device pixels whatever the
   * target's transform is. Parts outside a map stay as they are.
   * @returns Whether it drew; false while the context is lost.
   */
  draw(
    target: CanvasRenderingContext2D,
    texture: HeatmapTexture,
    tiles: readonly Tile[],
    style: HeatmapStyle
  ): boolean {
    const start = performance.now();
    const { width, height } = target.canvas;
    const part = style.resolution ?? 1;
    const sized = part < 1 ? tiles.map(tile => scaleTile(tile, part)) : tiles;
    const bounds = tilesBounds(sized, width * part, height * part);
    const opacity = style.opacity ?? 1;
    if (!this.isReady) {
      return false;
    }
    if (!bounds || opacity <= 0) {
      return true;
    }
    target.save();
    target.setTransform(1, 0, 0, 1, 0, 0);
    target.imageSmoothingEnabled = part < 1;
    // Not in the shader: eight-bit premultiplied colours would lose precision.
    target.globalAlpha *= Math.min(opacity, 1);
    for (const piece of splitRect(bounds, this._maxTextureSize)) {
      const { x, y, width: w, height: h } = piece;
      this._render(texture, sized, style, piece);
      target.drawImage(this._canvas, 0, 0, w, h, x / part, y / part, w / part, h / part);
    }
    target.restore();
    // Without a GPU the line above has waited for the pixels; with one it has not, and need not.
    this.pace.record(bounds.width * bounds.height, performance.now() - start);
    return true;
  }

  /**
   * The colours that {@link draw} would give on a transparent target of this
   * size, before opacity: RGBA, premultiplied, rows from the top. For tests and exports.
   */
  readPixels(
    texture: HeatmapTexture,
    tiles: readonly Tile[],
    style: HeatmapStyle,
    width: number,
    height: number
  ): Uint8Array {
    const gl = this._gl;
    this._render(texture, tiles, style, { x: 0, y: 0, width, height });
    const flipped = new Uint8Array(4 * width * height);
    gl.readPixels(0, this._canvas.height - height, width, height, gl.RGBA, gl.UNSIGNED_BYTE, flipped);
    const pixels = new Uint8Array(flipped.length);
    for (let row = 0; row < height; row++) {
      const from = 4 * width * (height - 1 - row);
      pixels.set(flipped.subarray(from, from + 4 * width), 4 * width * row);
    }
    return pixels;
  }

  /** Frees its textures and its GPU context. */
  dispose(): void {
    [...this._textures].forEach(texture => texture.dispose());
    this._restored.clear();
    this._state = null;
    this._gl.getExtension('WEBGL_lose_context')?.loseContext();
  }

  /** Draws the part of the target inside `bounds` into the top left corner of the off-screen canvas. */
  private _render(texture: HeatmapTexture, tiles: readonly Tile[], style: HeatmapStyle, bounds: Rect): void {
    const gl = this._gl;
    const canvas = this._canvas;
    if (texture.isDisposed || !this._state) {
      throw new Error('This heatmap was disposed or its GPU context is lost; upload it again before drawing.');
    }
    this._fitCanvas(bounds);
    const isPlain = (style.scale ?? 'linear') === 'linear' && !style.threshold && style.marks !== 'outside';
    const { program, uniforms } = this._state.programs[style.smooth ? 'smooth' : 'cells'][isPlain ? 'plain' : 'full'];
    gl.useProgram(program);
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, texture.glTexture(gl));
    gl.viewport(0, canvas.height - bounds.height, bounds.width, bounds.height);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
    gl.uniform2f(uniforms.uSize, bounds.width, bounds.height);
    gl.uniform1f(uniforms.uTop, canvas.height);
    gl.uniform2i(uniforms.uShape, texture.width, texture.height);
    gl.uniform1i(uniforms.uWidthBits, texture.widthBits);
    gl.uniform1i(uniforms.uColormap, COLORMAP_NAMES.indexOf(style.colormap));
    gl.uniform1i(uniforms.uFlip, style.reversed ? COLORMAP_SIZE - 1 : 0);
    gl.uniform1i(uniforms.uScale, SCALE_NAMES.indexOf(style.scale ?? 'linear'));
    gl.uniform1f(uniforms.uThreshold, style.threshold ?? 0);
    gl.uniform1i(uniforms.uMagnitude, style.thresholdByMagnitude ? 1 : 0);
    gl.uniform1i(uniforms.uFades, style.fades ? 1 : 0);
    gl.uniform1i(uniforms.uMarks, MARKS.indexOf(style.marks ?? 'none'));
    this._vertices = packTiles(this._vertices, texture, tiles, style, bounds);
    gl.bufferData(gl.ARRAY_BUFFER, this._vertices, gl.STREAM_DRAW, 0, tiles.length * 4 * VERTEX_FLOATS);
    ensureIndices(gl, this._state, tiles.length);
    // Not instanced: software renderers run every instance as a draw of its own.
    gl.drawElements(gl.TRIANGLES, 6 * tiles.length, gl.UNSIGNED_INT, 0);
  }

  /**
   * Makes the off-screen canvas large enough, and smaller when it is far too
   * large: a browser without a GPU copies all of it at each draw.
   */
  private _fitCanvas(bounds: Rect): void {
    const canvas = this._canvas;
    const width = roundUp(bounds.width);
    const height = roundUp(bounds.height);
    const isSmall = canvas.width < bounds.width || canvas.height < bounds.height;
    if (isSmall || canvas.width * canvas.height > 1.5 * width * height) {
      canvas.width = Math.min(width, this._maxTextureSize);
      canvas.height = Math.min(height, this._maxTextureSize);
    }
  }
}

/** Steps in size, so that small changes do not reallocate the drawing buffer. */
function roundUp(size: number): number {
  return Math.ceil(size / 64) * 64;
}
