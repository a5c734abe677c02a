/** Pictures of any file as views keep them: stored as they are, with the orientation that their EXIF data ask for. */
import { expect, it } from 'vitest';
import { asStored } from '../../mime/exif';
import { pngSize } from '../../mime/png-size';
import { pictureFrom } from './picture';

const WIDTH = 24;
const HEIGHT = 16;

const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), char => char.charCodeAt(0));

/** Written by Pillow with orientation 6: red on the left, blue on the right as stored. */
const PNG = bytesOf(
  'iVBORw0KGgoAAAANSUhEUgAAABgAAAAQCAIAAACDRijCAAAAGmVYSWZNTQAqAAAACAABARIAAwAAAAEABgAAAAAAANZnS2kAAAAgSURBVHicY/zPQBgwMhBWxUSEOUSBUYNGDRo1aKQaBABBigIfDErnOQAAAABJRU5ErkJggg=='
);
const WEBP = bytesOf(
  'UklGRpAAAABXRUJQVlA4WAoAAAAIAAAAFwAADwAAVlA4IFAAAAAQBACdASoYABAAPrVInkmnJCKhMAgA4BaJQBOl0AoAFX/7gABNIkyHcAD+2NZsupPxvGPwjlJ1TVh8I5Sd/+uA6b7eUpH/rgNh+3lJMa3gAEVYSUYaAAAATU0AKgAAAAgAAQESAAMAAAABAAYAAAAAAAA='
);

/** A JPEG file, red on the left and blue on the right, with an EXIF segment of this orientation. */
async function jpeg(orientation: number, isLittle: boolean): Promise<Uint8Array> {
  const canvas = new OffscreenCanvas(WIDTH, HEIGHT);
  const context = canvas.getContext('2d')!;
  context.fillStyle = 'red';
  context.fillRect(0, 0, WIDTH, HEIGHT);
  context.fillStyle = 'blue';
  context.fillRect(WIDTH / 2, 0, WIDTH / 2, HEIGHT);
  const plain = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg' })).arrayBuffer());
  const segment = new Uint8Array(36);
  const view = new DataView(segment.buffer);
  view.setUint16(0, 0xffe1);
  view.setUint16(2, 34);
  segment.set(
    [...'Exif\0\0'].map(char => char.charCodeAt(0)),
    4
  );
  view.setUint16(10, isLittle ? 0x4949 : 0x4d4d);
  view.setUint16(12, 42, isLittle);
  view.setUint32(14, 8, isLittle);
  view.setUint16(18, 1, isLittle);
  view.setUint16(20, 0x0112, isLittle);
  view.setUint16(22, 3, isLittle);
  view.setUint32(24, 1, isLittle);
  view.setUint16(28, orientation, isLittle);
  return Uint8Array.of(...plain.subarray(0, 2), ...segment, ...plain.subarray(2));
}

async function topLeft(png: string): Promise<{ size: number[]; color: number[] }> {
  const bitmap = await createImageBitmap(new Blob([bytesOf(png) as BlobPart], { type: 'image/png' }));
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
  context.drawImage(bitmap, 0, 0);
  return { size: [bitmap.width, bitmap.height], color: [...context.getImageData(2, 2, 1, 1).data.subarray(0, 3)] };
}

const FILES: readonly [string, () => Promise<Uint8Array>, number | undefined][] = [
  ['a JPEG file', () => jpeg(6, true), 6],
  ['a JPEG file of the other byte order', () => jpeg(3, false), 3],
  ['a JPEG file that is upright', () => jpeg(1, true), undefined],
  ['a JPEG file with a value that there is not', () => jpeg(9, true), undefined],
  ['a PNG file', () => Promise.resolve(PNG), 6],
  ['a WebP file', () => Promise.resolve(WEBP), 6]
];

it.each(FILES)('keeps %s as it is stored, and its orientation', async (_, file, orientation) => {
  const read = await pictureFrom(new Blob([(await file()) as BlobPart]), 'turned');
  expect(read.orientation).toBe(orientation);
  const { size, color } = await topLeft(read.picture);
  expect(size).toEqual([WIDTH, HEIGHT]);
  expect(color[0]).toBeGreaterThan(200);
  expect(color[2]).toBeLessThan(60);
});

it('takes bytes that end anywhere for a picture that does not say', async () => {
  const whole = await jpeg(6, true);
  for (const file of [whole, PNG, WEBP]) {
    for (let length = 0; length < Math.min(60, file.length); length++) {
      expect([undefined, 6]).toContain(asStored(file.subarray(0, length)).orientation);
    }
  }
});

/** Written by Pillow with alpha from 0 to 255, and the base64 of what its `convert("RGB")` makes of them. */
const TRANSPARENT: readonly [string, string, string][] = [
  [
    'RGBA',
    'iVBORw0KGgoAAAANSUhEUgAAAAQAAAADCAYAAAC09K7GAAAAPklEQVR4nAEzAMz/AajluAADCfMBaeBKAYX+EAECfVAdQCPSAn7yqkp+xyB+xQB2BFf9oXxH/ipJ7f8QwvoAC+QV+Y7WL6cAAAAASUVORK5CYII=',
    'qOW4q+6rFM71mcwFJTXVzsCtBng/YOyDdgRXoXxHKkntEML6'
  ],
  [
    'gray with alpha',
    'iVBORw0KGgoAAAANSUhEUgAAAAQAAAADCAQAAAAe/WZNAAAAJElEQVR4nGNYwbCaUYRpJjOjqsNKewvGKA+Gsr8L/2n9F2AAAGPnCHuZnC3SAAAAAElFTkSuQmCC',
    'qKioq6urFBQUmZmZJSUlzs7OBgYGYGBgdnZ2oaGhKioqEBAQ'
  ],
  [
    'a palette with transparency',
    'iVBORw0KGgoAAAANSUhEUgAAAAQAAAADBAMAAABG2rP1AAAAElBMVEWo5bir7qsUzvWZzAUlNdXOwK0LHWTnAAAABHRSTlMA/4ABQY/6qgAAABFJREFUeJxjZFRicGVkVFYCAALQALGqpGwwAAAAAElFTkSuQmCC',
    'qOW4q+6rFM71mcwFJTXVzsCtqOW4q+6rFM71mcwFJTXVzsCt'
  ],
  [
    'RGB with a transparent colour',
    'iVBORw0KGgoAAAANSUhEUgAAAAQAAAADCAIAAAA7ljmRAAAABnRSTlMAzgDAAK0BSxg+AAAAMklEQVR4nAEnANj/AajluAMJ82ngSoX+EAJ9UB0j0gLyqkrHIH4EUc+C07zwJNGusNYNZtsS9WDCyjoAAAAASUVORK5CYII=',
    'qOW4q+6rFM71mcwFJTXVzsCtBng/YOyDdgRXoXxHKkntEML6'
  ]
];

it.each(TRANSPARENT)('keeps the colours that are stored in %s, as Pillow does', async (_, file, expected) => {
  const read = await pictureFrom(new Blob([bytesOf(file) as BlobPart]), 'logo.png');
  expect(read.transparent).toBe(true);
  const bitmap = await createImageBitmap(new Blob([bytesOf(read.picture) as BlobPart], { type: 'image/png' }));
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
  context.drawImage(bitmap, 0, 0);
  const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
  expect([...data].filter((_, at) => at % 4 < 3)).toEqual([...bytesOf(expected)]);
  expect([...data].filter((_, at) => at % 4 === 3).every(alpha => alpha === 255)).toBe(true);
});

it('tells what is too long to be kept, and what is opaque', async () => {
  const canvas = new OffscreenCanvas(4096, 8);
  const context = canvas.getContext('2d')!;
  context.fillRect(0, 0, 4096, 8);
  const long = await pictureFrom(await canvas.convertToBlob({ type: 'image/png' }), 'long.png');
  expect(long.reduced).toEqual({ width: 4096, height: 8 });
  expect(long.transparent).toBeUndefined();
  expect(pngSize(long.picture)).toEqual({ width: 2048, height: 4 });
});
