import type { ColormapName } from '../../state/view-state';
import { COLORMAP_TABLES } from './colormap-tables';

/** Number of entries of a table. */
export const COLORMAP_SIZE = 256;

const NO_STEP = 'm'.charCodeAt(0);

const decoded = new Map<ColormapName, Uint8Array>();

/** The 256 RGB entries of a colour map, 768 bytes. The caller must not change them. */
export function colormapTable(name: ColormapName): Uint8Array {
  let table = decoded.get(name);
  if (!table) {
    table = unpacked(COLORMAP_TABLES[name]);
    decoded.set(name, table);
  }
  return table;
}

/** As conformance/colormaps/generate.py packs a table. */
function unpacked(text: string): Uint8Array {
  const table = new Uint8Array(3 * COLORMAP_SIZE);
  const steps = COLORMAP_SIZE - 1;
  for (let part = 0; part < 3; part++) {
    table[part] = parseInt(text.slice(2 * part, 2 * part + 2), 16);
    for (let i = 0; i < steps; i++) {
      table[3 * (i + 1) + part] = table[3 * i + part] + text.charCodeAt(6 + part * steps + i) - NO_STEP;
    }
  }
  return table;
}

/**
 * The entry of a table that a value gets: floor(256 (value - min) / (max - min)),
 * clamped, as matplotlib's `Normalize` and `Colormap`; 0 when the range is empty.
 * The value must not be NaN.
 */
export function colormapIndex(value: number, min: number, max: number): number {
  if (!(max > min)) {
    return 0;
  }
  const index = Math.floor(((value - min) / (max - min)) * COLORMAP_SIZE);
  return Math.min(Math.max(index, 0), COLORMAP_SIZE - 1);
}

/** The colour of a value, red, green, blue in 0..255; null for NaN. */
export function colorOf(
  name: ColormapName,
  value: number,
  min: number,
  max: number,
  reversed = false
): [number, number, number] | null {
  if (Number.isNaN(value)) {
    return null;
  }
  const index = colormapIndex(value, min, max);
  const at = 3 * (reversed ? COLORMAP_SIZE - 1 - index : index);
  const table = colormapTable(name);
  return [table[at], table[at + 1], table[at + 2]];
}

/** Offsets (0..1) and CSS colours that make a gradient of a colour map. */
export function colormapGradientStops(name: ColormapName, reversed = false): [offset: number, color: string][] {
  const table = colormapTable(name);
  return Array.from({ length: 33 }, (_, step) => {
    const index = Math.min(Math.round((step / 32) * COLORMAP_SIZE), COLORMAP_SIZE - 1);
    const at = 3 * (reversed ? COLORMAP_SIZE - 1 - index : index);
    return [step / 32, `rgb(${table[at]}, ${table[at + 1]}, ${table[at + 2]})`];
  });
}

/** A CSS `linear-gradient` from the low to the high end, for a colour bar. */
export function colormapGradient(name: ColormapName, direction = 'to right', reversed = false): string {
  const stops = colormapGradientStops(name, reversed).map(
    ([offset, color]) => `${color} ${(100 * offset).toFixed(2)}%`
  );
  return `linear-gradient(${direction}, ${stops.join(', ')})`;
}
