/** Gauss-Legendre quadrature. */

/**
 * Points and weights on 0..1, exact for polynomials of degree 2n - 1: the roots
 * of the Legendre polynomial by Newton's method (Press et al., "Numerical
 * Recipes", section 4.6).
 */
export function gaussLegendre(n: number): { points: number[]; weights: number[] } {
  const points: number[] = [];
  const weights: number[] = [];
  for (let i = n - 1; i >= 0; i--) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (n + 0.5));
    let slope = 1;
    for (let change = 1; Math.abs(change) > 1e-15;) {
      let [value, before] = [1, 0];
      for (let k = 1; k <= n; k++) {
        [value, before] = [((2 * k - 1) * x * value - (k - 1) * before) / k, value];
      }
      slope = (n * (x * value - before)) / (x * x - 1);
      change = value / slope;
      x -= change;
    }
    points.push((1 + x) / 2);
    weights.push(1 / ((1 - x * x) * slope * slope));
  }
  return { points, weights };
}
