import fc from 'fast-check';
import { expect, it } from 'vitest';
import { pseudoInverse, qr, svd } from './factors';

type Matrix = number[][];

const times = (a: Matrix, b: Matrix): Matrix =>
  a.map(row => b[0].map((_, j) => row.reduce((sum, value, k) => sum + value * b[k][j], 0)));
const turned = (a: Matrix): Matrix => a[0].map((_, j) => a.map(row => row[j]));
const rowsOf = (values: ArrayLike<number>, columns: number): Matrix =>
  Array.from({ length: values.length / columns }, (_, i) => Array.from(values).slice(i * columns, (i + 1) * columns));
const distance = (a: Matrix, b: Matrix): number =>
  Math.max(...a.flat().map((value, i) => Math.abs(value - b.flat()[i])));

const matrices = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 })).chain(([rows, columns]) =>
  fc.array(fc.array(fc.integer({ min: -8, max: 8 }), { minLength: columns, maxLength: columns }), {
    minLength: rows,
    maxLength: rows
  })
);

it('gives an orthogonal and an upper triangular factor, whose product is the matrix', () => {
  fc.assert(
    fc.property(matrices, a => {
      const { q, r } = qr(a.flat(), a.length, a[0].length);
      const [left, right] = [rowsOf(q, a.length), rowsOf(r, a[0].length)];
      expect(distance(times(left, right), a)).toBeLessThan(1e-12);
      expect(
        distance(
          times(turned(left), left),
          a.map((_, i) => a.map((_v, j) => Number(i === j)))
        )
      ).toBeLessThan(1e-12);
      right.forEach((row, i) => row.slice(0, i).forEach(value => expect(value).toBe(0)));
    })
  );
});

it('gives singular values whose squares sum to that of the entries', () => {
  fc.assert(
    fc.property(matrices, a => {
      const { values } = svd(a.flat(), a.length, a[0].length);
      const squares = (of: number[]) => of.reduce((sum, value) => sum + value * value, 0);
      expect(squares(values)).toBeCloseTo(squares(a.flat()), 9);
    })
  );
});

it('gives a pseudo-inverse with the four properties of Penrose 1955, of any rank', () => {
  fc.assert(
    fc.property(matrices, a => {
      const { inverse } = pseudoInverse(a.flat(), a.length, a[0].length, 1e-9);
      const p = rowsOf(inverse, a.length);
      const [ap, pa] = [times(a, p), times(p, a)];
      expect(distance(times(ap, a), a)).toBeLessThan(1e-6);
      expect(distance(times(pa, p), p)).toBeLessThan(1e-6);
      expect(distance(turned(ap), ap)).toBeLessThan(1e-6);
      expect(distance(turned(pa), pa)).toBeLessThan(1e-6);
    })
  );
});
