/**
 * 3x3 convolution with stride 1 as F(2x2, 3x3) of Lavin and Gray, "Fast
 * Algorithms for Convolutional Neural Networks", CVPR 2016 (arXiv:1509.09308):
 * Y = Aᵀ [ (G g Gᵀ) ⊙ (Bᵀ d B) ] A over 4x4 tiles of the input that overlap by
 * two, with 2.25 times fewer multiplications. Its rounding is no worse than
 * that of the direct sum, which is longer.
 */
import { multiply } from './matrix';

/**
 * G g Gᵀ of a filter (3, 3, cin, cout) as 16 matrices in panels of 8: (16,
 * n / 8, cin, 8), n being cout, a multiple of 4, rounded up to 8.
 */
export function winogradFilter(filter: usize, u: usize, cin: usize, cout: usize, n: usize): void {
  const size = (cin * n) << 2;
  const step = (cin * cout) << 2;
  const zero = f32x4.splat(0);
  for (let i: usize = 0; i < cin; i++) {
    for (let o: usize = 0; o < n; o += 4) {
      const from = filter + ((i * cout + o) << 2);
      const to = u + ((((o >> 3) * cin + i) * 8 + (o & 7)) << 2);
      const inside = o < cout;
      filterRow(to, size, inside ? v128.load(from) : zero, inside ? v128.load(from + step) : zero, inside ? v128.load(from + 2 * step) : zero);
      const a0 = inside ? halved(from, 3 * step, 1) : zero;
      const a1 = inside ? halved(from + step, 3 * step, 1) : zero;
      const a2 = inside ? halved(from + 2 * step, 3 * step, 1) : zero;
      filterRow(to + 4 * size, size, a0, a1, a2);
      const b0 = inside ? halved(from, 3 * step, -1) : zero;
      const b1 = inside ? halved(from + step, 3 * step, -1) : zero;
      const b2 = inside ? halved(from + 2 * step, 3 * step, -1) : zero;
      filterRow(to + 8 * size, size, b0, b1, b2);
      const last = from + 6 * step;
      filterRow(to + 12 * size, size, inside ? v128.load(last) : zero, inside ? v128.load(last + step) : zero, inside ? v128.load(last + 2 * step) : zero);
    }
  }
}

/** Half of the first, plus `sign` times the second, plus the third of three values `down` bytes apart. */
@inline
function halved(from: usize, down: usize, sign: f32): v128 {
  const outer = f32x4.add(v128.load(from), v128.load(from + 2 * down));
  const middle = f32x4.mul(f32x4.splat(sign), v128.load(from + down));
  return f32x4.mul(f32x4.splat(0.5), f32x4.add(outer, middle));
}

@inline
function filterRow(to: usize, size: usize, g0: v128, g1: v128, g2: v128): void {
  const half = f32x4.splat(0.5);
  const outer = f32x4.add(g0, g2);
  v128.store(to, g0);
  v128.store(to + size, f32x4.mul(half, f32x4.add(outer, g1)));
  v128.store(to + 2 * size, f32x4.mul(half, f32x4.sub(outer, g1)));
  v128.store(to + 3 * size, g2);
}

/**
 * One image (h, w, cin) with `top` and `left` zeros before it, to (oh, ow,
 * cout), plus bias (0: none), clamped to low..high. cin and cout are multiples
 * of 4. `scratch` has 64 bytes, then cin + 16 block (cin + n) floats; `block`,
 * a multiple of 4, is how many tiles go through all three stages at a time.
 */
export function winograd(
  x: usize,
  h: i32,
  w: i32,
  cin: usize,
  top: i32,
  left: i32,
  u: usize,
  bias: usize,
  low: f32,
  high: f32,
  y: usize,
  oh: i32,
  ow: i32,
  cout: usize,
  n: usize,
  scratch: usize,
  block: i32
): void {
  const zeros = scratch + 64;
  const spread = zeros + (cin << 2);
  const products = spread + ((16 * <usize>block * cin) << 2);
  memory.fill(zeros, 0, cin << 2);
  const across = (ow + 1) >> 1;
  const tiles = ((oh + 1) >> 1) * across;
  for (let first = 0; first < tiles; first += block) {
    const count = min(block, tiles - first);
    const rows = (<usize>count + 3) & ~3;
    const plane = (rows * cin) << 2;
    const wide = (rows * n) << 2;
    for (let t = 0; t < count; t++) {
      const row = ((first + t) / across) * 2 - top;
      const column = ((first + t) % across) * 2 - left;
      for (let i = 0; i < 16; i++) {
        const r = row + (i >> 2);
        const c = column + (i & 3);
        const inside = r >= 0 && r < h && c >= 0 && c < w;
        store<usize>(scratch + (<usize>i << 2), inside ? x + ((<usize>(r * w + c) * cin) << 2) : zeros);
      }
      spreadTile(scratch, spread + ((<usize>t * cin) << 2), plane, cin << 2);
    }
    for (let i: usize = 0; i < 16; i++) {
      multiply(spread + i * plane, u + ((i * cin * n) << 2), products + i * wide, rows, cin, n);
    }
    for (let t = 0; t < count; t++) {
      const row = ((first + t) / across) * 2;
      const column = ((first + t) % across) * 2;
      const to = y + ((<usize>(row * ow + column) * cout) << 2);
      const down = row + 1 < oh ? (<usize>ow * cout) << 2 : 0;
      const right = column + 1 < ow ? cout << 2 : 0;
      gatherTile(products + ((<usize>t * n) << 2), wide, bias, low, high, to, down, right, cout << 2);
    }
  }
}

@inline
function tileAt(pointers: usize, i: usize, at: usize): v128 {
  return v128.load(load<usize>(pointers + (i << 2)) + at);
}

/** Bᵀ d B of one tile, whose 16 cells begin at `pointers`; the results are `plane` bytes apart. */
function spreadTile(pointers: usize, v: usize, plane: usize, length: usize): void {
  for (let at: usize = 0; at < length; at += 16) {
    const d4 = tileAt(pointers, 4, at);
    const d5 = tileAt(pointers, 5, at);
    const d6 = tileAt(pointers, 6, at);
    const d7 = tileAt(pointers, 7, at);
    const d8 = tileAt(pointers, 8, at);
    const d9 = tileAt(pointers, 9, at);
    const d10 = tileAt(pointers, 10, at);
    const d11 = tileAt(pointers, 11, at);
    const down = plane << 2;
    let to = v + at;
    spreadRow(to, plane, f32x4.sub(tileAt(pointers, 0, at), d8), f32x4.sub(tileAt(pointers, 1, at), d9), f32x4.sub(tileAt(pointers, 2, at), d10), f32x4.sub(tileAt(pointers, 3, at), d11));
    to += down;
    spreadRow(to, plane, f32x4.add(d4, d8), f32x4.add(d5, d9), f32x4.add(d6, d10), f32x4.add(d7, d11));
    to += down;
    spreadRow(to, plane, f32x4.sub(d8, d4), f32x4.sub(d9, d5), f32x4.sub(d10, d6), f32x4.sub(d11, d7));
    to += down;
    spreadRow(to, plane, f32x4.sub(d4, tileAt(pointers, 12, at)), f32x4.sub(d5, tileAt(pointers, 13, at)), f32x4.sub(d6, tileAt(pointers, 14, at)), f32x4.sub(d7, tileAt(pointers, 15, at)));
  }
}

@inline
function spreadRow(to: usize, plane: usize, t0: v128, t1: v128, t2: v128, t3: v128): void {
  v128.store(to, f32x4.sub(t0, t2));
  v128.store(to + plane, f32x4.add(t1, t2));
  v128.store(to + (plane << 1), f32x4.sub(t2, t1));
  v128.store(to + 3 * plane, f32x4.sub(t1, t3));
}

/** Aᵀ m A of one tile: up to 2 x 2 cells of the output; `down` and `right` are 0 where there is no second one. */
function gatherTile(m: usize, wide: usize, bias: usize, low: f32, high: f32, y: usize, down: usize, right: usize, length: usize): void {
  const least = f32x4.splat(low);
  const most = f32x4.splat(high);
  for (let at: usize = 0; at < length; at += 16) {
    const b = bias ? v128.load(bias + at) : f32x4.splat(0);
    let upper0 = b;
    let upper1 = b;
    let lower0 = b;
    let lower1 = b;
    let from = m + at;
    for (let r = 0; r < 4; r++) {
      const m1 = v128.load(from + wide);
      const m2 = v128.load(from + (wide << 1));
      const left = f32x4.add(f32x4.add(v128.load(from), m1), m2);
      const next = f32x4.sub(f32x4.sub(m1, m2), v128.load(from + 3 * wide));
      from += wide << 2;
      if (r < 3) {
        upper0 = f32x4.add(upper0, left);
        upper1 = f32x4.add(upper1, next);
      }
      if (r == 1) {
        lower0 = f32x4.add(lower0, left);
        lower1 = f32x4.add(lower1, next);
      } else if (r > 1) {
        lower0 = f32x4.sub(lower0, left);
        lower1 = f32x4.sub(lower1, next);
      }
    }
    const to = y + at;
    v128.store(to, clamped(upper0, least, most));
    if (right) {
      v128.store(to + right, clamped(upper1, least, most));
    }
    if (down) {
      v128.store(to + down, clamped(lower0, least, most));
      if (right) {
        v128.store(to + down + right, clamped(lower1, least, most));
      }
    }
  }
}

@inline
function clamped(v: v128, least: v128, most: v128): v128 {
  return f32x4.min(f32x4.max(v, least), most);
}
