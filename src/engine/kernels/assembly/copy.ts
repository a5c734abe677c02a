/** Copies of parts of tensors: padding, cropping, joining and cutting. */

/** Copies `rows` rows of `length` bytes, each so many bytes after the one before. */
export function copyRows(from: usize, fromStep: usize, to: usize, toStep: usize, rows: usize, length: usize): void {
  for (let row: usize = 0; row < rows; row++, from += fromStep, to += toStep) {
    if (length & 15 || length > 1024) {
      memory.copy(to, from, length);
    } else {
      for (let at: usize = 0; at < length; at += 16) {
        v128.store(to + at, v128.load(from + at));
      }
    }
  }
}

/** An image (h, w, c), with `top` and `left` cells before it, to (oh, ow, c): zeros around it; negative ones cut. */
export function placeImage(x: usize, h: i32, w: i32, channels: usize, top: i32, left: i32, y: usize, oh: i32, ow: i32): void {
  const size = channels << 2;
  const first = max(left, 0);
  const last = max(first, min(left + w, ow));
  for (let row = 0; row < oh; row++, y += <usize>ow * size) {
    const from = row - top;
    if (from < 0 || from >= h) {
      memory.fill(y, 0, <usize>ow * size);
      continue;
    }
    memory.fill(y, 0, <usize>first * size);
    memory.copy(y + <usize>first * size, x + <usize>(from * w + first - left) * size, <usize>(last - first) * size);
    memory.fill(y + <usize>last * size, 0, <usize>(ow - last) * size);
  }
}
