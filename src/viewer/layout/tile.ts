/** One map on the target: where it is drawn, and which part of it is seen. */
export interface Tile {
  /** Index of the map in its texture. */
  channel: number;
  /** Destination in device pixels of the target, from its top left corner. */
  x: number;
  y: number;
  width: number;
  height: number;
  /** Seen part of the map in relative coordinates (0..1); what reaches outside is drawn transparent. */
  u0: number;
  v0: number;
  u1: number;
  v1: number;
}

export interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The same part of a map on a target of another resolution. */
export function scaleTile(tile: Tile, factor: number): Tile {
  return { ...tile, x: tile.x * factor, y: tile.y * factor, width: tile.width * factor, height: tile.height * factor };
}

/** The smallest rectangle of whole pixels around the tiles, inside the target; null if nothing is left. */
export function tilesBounds(tiles: readonly Tile[], targetWidth: number, targetHeight: number): Rect | null {
  let left = targetWidth;
  let top = targetHeight;
  let right = 0;
  let bottom = 0;
  for (const tile of tiles) {
    if (tile.width > 0 && tile.height > 0) {
      left = Math.min(left, tile.x);
      top = Math.min(top, tile.y);
      right = Math.max(right, tile.x + tile.width);
      bottom = Math.max(bottom, tile.y + tile.height);
    }
  }
  const x = Math.max(Math.floor(left), 0);
  const y = Math.max(Math.floor(top), 0);
  const width = Math.min(Math.ceil(right), Math.ceil(targetWidth)) - x;
  const height = Math.min(Math.ceil(bottom), Math.ceil(targetHeight)) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : null;
}

/** Cuts a rectangle into parts no wider or higher than `limit`: a drawing buffer has a largest size. */
export function splitRect(rect: Rect, limit: number): Rect[] {
  const parts: Rect[] = [];
  for (let y = 0; y < rect.height; y += limit) {
    for (let x = 0; x < rect.width; x += limit) {
      parts.push({
        x: rect.x + x,
        y: rect.y + y,
        width: Math.min(limit, rect.width - x),
        height: Math.min(limit, rect.height - y)
      });
    }
  }
  return parts;
}
