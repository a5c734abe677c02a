import { describe, expect, it } from 'vitest';
import { WHOLE } from '../../state/places';
import type { HeatmapTexture } from '../gl/renderer';
import { mapToCsv } from './csv';
import { type Figure, layOut } from './figure';
import { encodeNpy } from './npy';
import { figureToSvg } from './svg';

describe('encodeNpy', () => {
  it('writes what numpy.save writes', () => {
    // base64 of io.BytesIO after numpy.save of numpy.array([[1.5, -2, nan]], dtype="<f4"), NumPy 2.
    const header = "\x93NUMPY\x01\x00v\x00{'descr': '<f4', 'fortran_order': False, 'shape': (1, 3), }";
    const bytes = encodeNpy(Float32Array.from([1.5, -2, NaN]), [1, 3]);
    expect(bytes.length).toBe(128 + 12);
    expect(String.fromCharCode(...bytes.subarray(0, header.length))).toBe(header);
    expect(String.fromCharCode(...bytes.subarray(header.length, 128))).toBe(`${' '.repeat(127 - header.length)}\n`);
    expect([...new Float32Array(bytes.buffer, 128)]).toEqual([1.5, -2, NaN]);
  });

  it('spells a shape of one axis as Python does', () => {
    expect(String.fromCharCode(...encodeNpy(new Float32Array(2), [2]))).toContain("'shape': (2,), }");
  });
});

describe('mapToCsv', () => {
  it('has a line for each row, and values that read back as the same float32', () => {
    const map = Float32Array.from([0.1, 1 / 3, -2e-9, 16777217, NaN, -Infinity]);
    const lines = mapToCsv(map, 3).trimEnd().split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[0].split(',').map(text => Math.fround(Number(text)))).toEqual([...map.subarray(0, 3)]);
    expect(lines[0]).toMatch(/^0\.1,/);
    expect(lines[1]).toBe('16777216,nan,-inf');
  });
});

const figure: Figure = {
  title: 'Grad-CAM of <tank> & "sky"',
  scene: {
    viewport: { x: 0.5, y: 0.5, zoom: 1 },
    aspect: 2,
    cursor: null,
    picture: null,
    showCells: true,
    map: {
      texture: {} as HeatmapTexture,
      channel: 0,
      region: WHOLE,
      style: { colormap: 'viridis', min: 0, max: 4, smooth: true }
    },
    contours: [
      {
        level: 2,
        lines: [
          [
            [0, 0.5],
            [1, 0.5]
          ]
        ]
      }
    ]
  },
  width: 200,
  height: 100,
  bounds: [0, 4],
  scale: 'linear',
  paper: '#fff',
  ink: '#000'
};

describe('figureToSvg', () => {
  const svg = figureToSvg(figure, 'data:image/png;base64,AAAA');

  it('draws contours as paths in the pane’s coordinates', () => {
    expect(svg).toContain('<g data-level="2">');
    expect(svg).toContain('d="M0.00 50.00L200.00 50.00"');
  });

  it('writes title and ticks as text, and escapes it', () => {
    expect(svg).toContain('Grad-CAM of &#60;tank&#62; &#38; &#34;sky&#34;</text>');
    expect([...svg.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].slice(1).map(([, text]) => text)).toEqual([
      '0',
      '1',
      '2',
      '3',
      '4'
    ]);
  });
});

it('layOut puts ticks where the colour bar has their values', () => {
  const { bar, ticks } = layOut(figure);
  expect(ticks.map(({ x }) => (x - bar.x) / bar.width)).toEqual([0, 0.25, 0.5, 0.75, 1]);
});
