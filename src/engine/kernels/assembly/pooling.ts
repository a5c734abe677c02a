/** Gradients of pooling of one image. channels is a multiple of 4; dx is zeros at first. */

/** Each window's gradient goes to its largest value, the first of equals in row-major order. */
export function maxPoolGradient(
  x: usize,
  h: i32,
  w: i32,
  channels: usize,
  dy: usize,
  oh: i32,
  ow: i32,
  kh: i32,
  kw: i32,
  down: i32,
  across: i32,
  top: i32,
  left: i32,
  dx: usize
): void {
  const size = channels << 2;
  for (let row = 0; row < oh; row++) {
    const r0 = max(row * down - top, 0);
    const r1 = min(row * down - top + kh, h);
    for (let column = 0; column < ow; column++, dy += size) {
      const c0 = max(column * across - left, 0);
      const c1 = min(column * across - left + kw, w);
      for (let at: usize = 0; at < size; at += 16) {
        let best = v128.load(x + <usize>(r0 * w + c0) * size + at);
        let where = i32x4.splat(r0 * w + c0);
        for (let r = r0; r < r1; r++) {
          for (let c = c0; c < c1; c++) {
            const value = v128.load(x + <usize>(r * w + c) * size + at);
            const larger = f32x4.gt(value, best);
            best = v128.bitselect(value, best, larger);
            where = v128.bitselect(i32x4.splat(r * w + c), where, larger);
          }
        }
        const slope = v128.load(dy + at);
        for (let r = r0; r < r1; r++) {
          for (let c = c0; c < c1; c++) {
            const to = dx + <usize>(r * w + c) * size + at;
            const share = v128.and(slope, i32x4.eq(where, i32x4.splat(r * w + c)));
            v128.store(to, f32x4.add(v128.load(to), share));
          }
        }
      }
    }
  }
}

/** Each window's gradient is shared by the cells that it averaged; padding was not among them. */
export function averagePoolGradient(
  h: i32,
  w: i32,
  channels: usize,
  dy: usize,
  oh: i32,
  ow: i32,
  kh: i32,
  kw: i32,
  down: i32,
  across: i32,
  top: i32,
  left: i32,
  dx: usize
): void {
  const size = channels << 2;
  for (let row = 0; row < oh; row++) {
    const r0 = max(row * down - top, 0);
    const r1 = min(row * down - top + kh, h);
    for (let column = 0; column < ow; column++, dy += size) {
      const c0 = max(column * across - left, 0);
      const c1 = min(column * across - left + kw, w);
      const count = f32x4.splat(<f32>((r1 - r0) * (c1 - c0)));
      for (let at: usize = 0; at < size; at += 16) {
        const share = f32x4.div(v128.load(dy + at), count);
        for (let r = r0; r < r1; r++) {
          for (let c = c0; c < c1; c++) {
            const to = dx + <usize>(r * w + c) * size + at;
            v128.store(to, f32x4.add(v128.load(to), share));
          }
        }
      }
    }
  }
}
