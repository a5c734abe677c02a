import { expect, test } from 'vitest';
import { matplotlibColors, matplotlibTables } from '../../../conformance/colormaps/reference';
import { COLORMAP_NAMES } from '../../state/vocabulary';
import { NAN_COLORS } from '../gl/shaders';
import { colormapGradient, colormapTable, colorOf } from './colormaps';

test('the tables are those of matplotlib', () => {
  const reference = matplotlibTables();
  expect(Object.keys(reference)).toEqual([...COLORMAP_NAMES]);
  for (const name of COLORMAP_NAMES) {
    expect([...colormapTable(name)], name).toEqual(reference[name].flat());
  }
});

test('a value gets the colour that matplotlib gives it', () => {
  const values = [-3, -1.5, -1, -0.999, -0.5, -0.25, 0, 0.1, 1 / 3, 1.25, 2.4, 2.4999, 2.5, 9].map(Math.fround);
  const request = { colormap: 'jet', min: -1, max: 2.5, values: [...values, 'Infinity', '-Infinity'] as never };
  const [reference] = matplotlibColors([request]);
  const ours = [...values, Infinity, -Infinity].map(value => colorOf('jet', value, -1, 2.5));
  expect(ours).toEqual(reference);
});

test('an empty range gives the first colour, as in matplotlib, and NaN none', () => {
  const [reference] = matplotlibColors([{ colormap: 'viridis', min: 2, max: 2, values: [2] }]);
  expect(colorOf('viridis', 2, 2, 2)).toEqual(reference[0]);
  expect(colorOf('viridis', NaN, 0, 1)).toBeNull();
});

test('reversed runs from the high end', () => {
  expect(colorOf('magma', 0, 0, 1, true)).toEqual(colorOf('magma', 1, 0, 1));
});

test('the gradient of a colour bar starts and ends with the table', () => {
  const gradient = colormapGradient('gray', 'to top');
  expect(gradient).toMatch(/^linear-gradient\(to top, rgb\(0, 0, 0\) 0\.00%/);
  expect(gradient).toMatch(/rgb\(255, 255, 255\) 100\.00%\)$/);
});

test('the stripes that stand for NaN are far from every colour of every map', () => {
  for (const name of COLORMAP_NAMES) {
    const table = colormapTable(name);
    for (const [red, green, blue] of NAN_COLORS) {
      for (let at = 0; at < table.length; at += 3) {
        const distance = Math.hypot(table[at] - red, table[at + 1] - green, table[at + 2] - blue);
        expect(distance, `${name} entry ${at / 3}`).toBeGreaterThan(50);
      }
    }
  }
});
