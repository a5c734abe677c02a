import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { WHOLE } from '../../state/places';
import type { HeatmapTexture } from '../gl/renderer';
import { mapToCsv } from './csv';
import { type Figure, layOut } from './figure';
import { encodeNpy } from './npy';
import { withPngText } from './png-text';
import { figureToSvg } from './svg';

const PYTHON = process.env.GRADLENS_PYTHON ?? fileURLToPath(new URL('../../../.venv/bin/python', import.meta.url));

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
    const [head, ...lines] = mapToCsv(map, 3, 'model a, b.keras · "tank"\nlayer conv4').trimEnd().split('\n');
    // As many columns as the values have, or pandas takes some for an index; no quotes, or NumPy finds no comment.
    expect(head).toBe('# model a b.keras · tank layer conv4,1,2');
    expect(lines).toHaveLength(2);
    expect(lines[0].split(',').map(text => Math.fround(Number(text)))).toEqual([...map.subarray(0, 3)]);
    expect(lines[0]).toMatch(/^0\.1,/);
    expect(lines[1]).toBe('16777216,nan,-inf');
  });
});

const figure: Figure = {
  title: 'Grad-CAM of <tank> & "sky"',
  provenance: ['model tank.keras', 'layer <conv4>', 'picture a picture of a long name.png'],
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
      '4',
      'model tank.keras · layer &#60;conv4&#62;',
      'picture a picture of a long name.png'
    ]);
  });

  it('says where it comes from as its description, and below, in lines that fit', () => {
    expect(svg).toContain(
      '<desc>model tank.keras · layer &#60;conv4&#62; · picture a picture of a long name.png</desc>'
    );
    const wide = layOut({ ...figure, width: 400 });
    expect(wide.caption.map(({ text }) => text)).toEqual([
      'model tank.keras · layer <conv4> · picture a picture of a long name.png'
    ]);
    expect(wide.height).toBeGreaterThan(wide.caption[0].y);
    expect(layOut({ ...figure, provenance: [] }).height).toBeLessThan(layOut(figure).height);
  });
});

describe('what others read', () => {
  /** Runs Python with a file of these bytes; its last line. */
  const python = (script: string, bytes: Uint8Array | string, ending: string): string => {
    const folder = mkdtempSync(join(tmpdir(), 'gradlens-export-'));
    const file = join(folder, `map.${ending}`);
    writeFileSync(file, bytes);
    const { stdout, stderr } = spawnSync(PYTHON, ['-c', script, file], { encoding: 'utf8' });
    rmSync(folder, { recursive: true });
    return stdout.trim() || stderr;
  };
  const map = Float32Array.from([1.5, -2, NaN, 0.1, 7, Infinity]);

  it('numpy.load reads the values', () => {
    const script = 'import sys, numpy; print(numpy.load(sys.argv[1]).tolist())';
    expect(python(script, encodeNpy(map, [2, 3]), 'npy')).toBe('[[1.5, -2.0, nan], [0.10000000149011612, 7.0, inf]]');
  });

  it('numpy.loadtxt and genfromtxt read the CSV without its first line, and csv has a name for each column', () => {
    const script = [
      'import csv, sys, numpy',
      'read = [f(sys.argv[1], delimiter=",").tolist() for f in (numpy.loadtxt, numpy.genfromtxt)]',
      'with open(sys.argv[1]) as file: rows = list(csv.reader(file))',
      'print(read[0] == [[1.5, -2.0, 3.0], [0.1, 7.0, 8.0]] == read[1], {len(row) for row in rows}, rows[0])'
    ].join('\n');
    const csv = mapToCsv(Float32Array.from([1.5, -2, 3, 0.1, 7, 8]), 3, 'model é.keras, layer "a"');
    expect(python(script, csv, 'csv')).toBe("True {3} ['# model é.keras layer a', '1', '2']");
  });

  it.each(['model é.keras · layer conv4', 'model 戦車.keras · layer conv4'])('Pillow reads %s in a PNG', text => {
    const pixel = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
      'base64'
    );
    const script = [
      'import sys',
      'from PIL import Image',
      'Image.open(sys.argv[1]).verify()',
      'with Image.open(sys.argv[1]) as image: image.load(); print(image.size, image.text["Description"])'
    ].join('\n');
    expect(python(script, withPngText(pixel, 'Description', text), 'png')).toBe(`(1, 1) ${text}`);
  });
});

it('layOut puts ticks where the colour bar has their values', () => {
  const { bar, ticks } = layOut(figure);
  expect(ticks.map(({ x }) => (x - bar.x) / bar.width)).toEqual([0, 0.25, 0.5, 0.75, 1]);
});
