/** Elementwise gradients, and those of depthwise convolutions. */

/** dx = dy where 0 < y < high, else 0: ReLU and ReLU6. `guided`: only where dy > 0 too. */
export function rectifierGradient(dy: usize, y: usize, high: f32, guided: bool, dx: usize, length: usize): void {
  const zero = f32x4.splat(0);
  const most = f32x4.splat(high);
  const even = (length & ~3) << 2;
  for (let at: usize = 0; at < even; at += 16) {
    const value = v128.load(y + at);
    let slope = v128.load(dy + at);
    slope = guided ? f32x4.max(slope, zero) : slope;
    const open = v128.and(f32x4.gt(value, zero), f32x4.lt(value, most));
    v128.store(dx + at, v128.and(slope, open));
  }
  for (let at = even; at < length << 2; at += 4) {
    const value = load<f32>(y + at);
    const slope = load<f32>(dy + at);
    store<f32>(dx + at, value > 0 && value < high && !(guided && !(slope > 0)) ? slope : 0);
  }
}

/**
 * Gradient at the input (h, w, channels) of a depthwise convolution with
 * `filter` (kh, kw, channels), from dy (oh, ow, channels), by adding each
 * output's share to the cells that it saw. channels is a multiple of 4.
 */
export function depthwiseGradient(
  dy: usize,
  oh: i32,
  ow: i32,
  filter: usize,
  kh: i32,
  kw: i32,
  down: i32,
  across: i32,
  dilationRows: i32,
  dilationColumns: i32,
  top: i32,
  left: i32,
  dx: usize,
  h: i32,
  w: i32,
  channels: usize
): void {
  const size = channels << 2;
  memory.fill(dx, 0, <usize>(h * w) * size);
  for (let row = 0; row < oh; row++) {
    for (let column = 0; column < ow; column++, dy += size) {
      for (let i = 0; i < kh; i++) {
        const r = row * down + i * dilationRows - top;
        if (r < 0 || r >= h) {
          continue;
        }
        for (let j = 0; j < kw; j++) {
          const c = column * across + j * dilationColumns - left;
          if (c < 0 || c >= w) {
            continue;
          }
          addProduct(dx + <usize>(r * w + c) * size, dy, filter + <usize>(i * kw + j) * size, size);
        }
      }
    }
  }
}

@inline
function addProduct(to: usize, a: usize, b: usize, size: usize): void {
  for (let at: usize = 0; at < size; at += 16) {
    v128.store(to + at, f32x4.add(v128.load(to + at), f32x4.mul(v128.load(a + at), v128.load(b + at))));
  }
}
