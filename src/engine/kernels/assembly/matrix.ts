/** Matrix product, the inner loop of a convolution. */

/**
 * C (m, n) = A (m, k) B. m is a multiple of 4 and k of 2; B lies in panels of 8
 * columns, (n / 8, k, 8). Four rows by eight columns fill the registers.
 */
export function multiply(a: usize, b: usize, c: usize, m: usize, k: usize, n: usize): void {
  const row = k << 2;
  const wide = n << 2;
  for (let column: usize = 0; column < n; column += 8) {
    const panel = b + ((column * k) << 2);
    const end = panel + (k << 5);
    for (let i: usize = 0; i < m; i += 4) {
      let a0 = a + i * row;
      let a1 = a0 + row;
      let a2 = a1 + row;
      let a3 = a2 + row;
      let c00 = f32x4.splat(0);
      let c01 = c00;
      let c10 = c00;
      let c11 = c00;
      let c20 = c00;
      let c21 = c00;
      let c30 = c00;
      let c31 = c00;
      for (let p = panel; p < end; p += 64) {
        let b0 = v128.load(p);
        let b1 = v128.load(p, 16);
        let v0 = v128.load32_splat(a0);
        let v1 = v128.load32_splat(a1);
        let v2 = v128.load32_splat(a2);
        let v3 = v128.load32_splat(a3);
        c00 = f32x4.add(c00, f32x4.mul(v0, b0));
        c01 = f32x4.add(c01, f32x4.mul(v0, b1));
        c10 = f32x4.add(c10, f32x4.mul(v1, b0));
        c11 = f32x4.add(c11, f32x4.mul(v1, b1));
        c20 = f32x4.add(c20, f32x4.mul(v2, b0));
        c21 = f32x4.add(c21, f32x4.mul(v2, b1));
        c30 = f32x4.add(c30, f32x4.mul(v3, b0));
        c31 = f32x4.add(c31, f32x4.mul(v3, b1));
        b0 = v128.load(p, 32);
        b1 = v128.load(p, 48);
        v0 = v128.load32_splat(a0, 4);
        v1 = v128.load32_splat(a1, 4);
        v2 = v128.load32_splat(a2, 4);
        v3 = v128.load32_splat(a3, 4);
        c00 = f32x4.add(c00, f32x4.mul(v0, b0));
        c01 = f32x4.add(c01, f32x4.mul(v0, b1));
        c10 = f32x4.add(c10, f32x4.mul(v1, b0));
        c11 = f32x4.add(c11, f32x4.mul(v1, b1));
        c20 = f32x4.add(c20, f32x4.mul(v2, b0));
        c21 = f32x4.add(c21, f32x4.mul(v2, b1));
        c30 = f32x4.add(c30, f32x4.mul(v3, b0));
        c31 = f32x4.add(c31, f32x4.mul(v3, b1));
        a0 += 8;
        a1 += 8;
        a2 += 8;
        a3 += 8;
      }
      let out = c + i * wide + (column << 2);
      v128.store(out, c00);
      v128.store(out, c01, 16);
      out += wide;
      v128.store(out, c10);
      v128.store(out, c11, 16);
      out += wide;
      v128.store(out, c20);
      v128.store(out, c21, 16);
      out += wide;
      v128.store(out, c30);
      v128.store(out, c31, 16);
    }
  }
}
