import { message, MessageError } from '../../messages/message';
import { uploadValues } from './gl-program';

/** Feature maps to draw: `data` has shape (channels, height, width), C order. */
export interface HeatmapPlanes {
  data: Float32Array;
  channels: number;
  height: number;
  width: number;
}

/** Maps on the GPU, with a reference to their values on the CPU. */
export class HeatmapTexture implements HeatmapPlanes {
  readonly data: Float32Array;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  /** Base-2 logarithm of the texture's width. */
  readonly widthBits: number;
  private _texture: WebGLTexture | null = null;
  private _onDispose: ((texture: HeatmapTexture) => void) | null;

  /**
   * @param planes - The values; kept by reference, so they must not change.
   * @param maxTextureSize - The GPU's largest texture side.
   * @param onDispose - Called once, when this is disposed.
   * @throws Error if the shape and the data disagree or the GPU cannot hold them.
   */
  constructor(planes: HeatmapPlanes, maxTextureSize: number, onDispose: (texture: HeatmapTexture) => void) {
    const { data, channels, height, width } = planes;
    const count = channels * height * width;
    if (count !== data.length || count === 0) {
      throw new Error(
        `A heatmap of shape (${channels}, ${height}, ${width}) needs ${count} values and at least one, ` +
          `but ${data.length} were given; check the tensor's shape.`
      );
    }
    const maxBits = Math.floor(Math.log2(maxTextureSize));
    const widthBits = Math.min(Math.ceil(Math.log2(Math.sqrt(count))), maxBits);
    if (Math.ceil(count / 2 ** widthBits) > maxTextureSize) {
      throw new MessageError(
        message(
          "A heatmap of %1 x %2 x %3 values does not fit into this GPU's largest texture (%4 x %4); show fewer channels or a smaller map.",
          channels,
          height,
          width,
          maxTextureSize
        )
      );
    }
    this.data = data;
    this.channels = channels;
    this.height = height;
    this.width = width;
    this.widthBits = widthBits;
    this._onDispose = onDispose;
  }

  /** The value of a cell; NaN outside the map. */
  valueAt(channel: number, row: number, column: number): number {
    const { channels, height, width } = this;
    if (channel < 0 || channel >= channels || row < 0 || row >= height || column < 0 || column >= width) {
      return NaN;
    }
    return this.data[(channel * height + row) * width + column];
  }

  /** The values of one channel (height, width), not copied. */
  plane(channel: number): Float32Array {
    const size = this.height * this.width;
    return this.data.subarray(channel * size, (channel + 1) * size);
  }

  get isDisposed(): boolean {
    return this._onDispose === null;
  }

  /** Gives the GPU memory back. Drawing a disposed texture is an error. */
  dispose(): void {
    const onDispose = this._onDispose;
    this._onDispose = null;
    onDispose?.(this);
  }

  /** The GL texture, uploaded at first use and after a lost context. For the renderer. */
  glTexture(gl: WebGL2RenderingContext): WebGLTexture {
    this._texture ??= uploadValues(gl, this.data, this.widthBits);
    return this._texture;
  }

  /** Forgets the GL texture, deleting it where the context still lives. For the renderer. */
  release(gl: WebGL2RenderingContext | null): void {
    gl?.deleteTexture(this._texture);
    this._texture = null;
  }
}
