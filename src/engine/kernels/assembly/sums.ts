/** Sums over an image and over its channels. */

/** Number of cells summed before they are added to the total: keeps the rounding of long sums small. */
const BLOCK: usize = 64;

/** Sum over `cells` of (cells, channels), in blocks. `block` is scratch for `channels` floats. */
export function channelSums(x: usize, cells: usize, channels: usize, sums: usize, block: usize): void {
  const size = channels << 2;
  memory.fill(sums, 0, size);
  for (let first: usize = 0; first < cells; first += BLOCK) {
    memory.fill(block, 0, size);
    const last = min(first + BLOCK, cells);
    for (let cell = first; cell < last; cell++) {
      addTo(block, x + cell * size, channels);
    }
    addTo(sums, block, channels);
  }
}

function addTo(to: usize, from: usize, count: usize): void {
  const end = to + (count << 2);
  const even = to + ((count & ~3) << 2);
  for (; to < even; to += 16, from += 16) {
    v128.store(to, f32x4.add(v128.load(to), v128.load(from)));
  }
  for (; to < end; to += 4, from += 4) {
    store<f32>(to, load<f32>(to) + load<f32>(from));
  }
}

/** For each cell of (cells, channels), the sum over its channels, each times its weight, and all times `scale`. */
export function weightedSums(x: usize, weights: usize, scale: f32, cells: usize, channels: usize, sums: usize): void {
  const even = (channels & ~3) << 2;
  const odd = (channels << 2) - even;
  for (let cell: usize = 0; cell < cells; cell++) {
    let a = f32x4.splat(0);
    let b = a;
    let at: usize = 0;
    for (; at + 16 < even; at += 32) {
      a = f32x4.add(a, f32x4.mul(v128.load(x + at), v128.load(weights + at)));
      b = f32x4.add(b, f32x4.mul(v128.load(x + at, 16), v128.load(weights + at, 16)));
    }
    if (at < even) {
      a = f32x4.add(a, f32x4.mul(v128.load(x + at), v128.load(weights + at)));
    }
    a = f32x4.add(a, b);
    let sum = f32x4.extract_lane(a, 0) + f32x4.extract_lane(a, 1) + (f32x4.extract_lane(a, 2) + f32x4.extract_lane(a, 3));
    for (at = even; at < even + odd; at += 4) {
      sum += load<f32>(x + at) * load<f32>(weights + at);
    }
    store<f32>(sums + (cell << 2), sum * scale);
    x += even + odd;
  }
}
