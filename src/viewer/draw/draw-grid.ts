import type { Cursor, Region, Viewport } from '../../state/places';
import type { HeatmapRenderer, HeatmapStyle, HeatmapTexture } from '../gl/renderer';
import type { GridLayout } from '../layout/grid-layout';
import type { Rect, Tile } from '../layout/tile';
import { pixelAt, visibleRegion } from '../layout/viewport';
import { context2d, type Inks, snap, strokeWithHalo } from './canvas';

export { type GridLayout, gridLayout } from '../layout/grid-layout';

/** Width of a tile, in CSS pixels, from which its cross-hair has a halo. */
const MIN_HALO_TILE = 100;

/** All that a channel grid shows. */
export interface GridScene {
  layout: GridLayout;
  scrollTop: number;
  texture: HeatmapTexture;
  /** Channel of each tile, for a sorted or filtered grid; absent: tile i shows channel i. */
  order?: ArrayLike<number>;
  /** Label of each channel; absent: its index. */
  names?: readonly string[];
  /** Of the maps alone, as the cursor and what is marked: the tiles show no image. */
  viewport: Viewport;
  /** Width over height of a map. */
  aspect: number;
  style: HeatmapStyle;
  /** A range for each channel of the texture, min and max interleaved, instead of the style's. */
  channelRanges?: Float32Array;
  /** Channel to outline, or null. */
  selected: number | null;
  cursor: Cursor | null;
  /** A part of the maps to outline in every tile with the cursor: the cells that see a place. */
  marked?: Region | null;
}

/** The channel that a tile shows. */
function channelOfTile(scene: Pick<GridScene, 'order'>, index: number): number {
  return scene.order ? scene.order[index] : index;
}

/**
 * Draws the tiles in sight into a canvas as high as the scrolled window and sized
 * for `pixelRatio`: maps, labels, the selected channel's outline, cursors.
 */
export function drawGrid(
  canvas: HTMLCanvasElement,
  scene: GridScene,
  inks: Inks,
  pixelRatio: number,
  renderer: HeatmapRenderer
): void {
  const context = context2d(canvas);
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = inks.background;
  context.fillRect(0, 0, canvas.width, canvas.height);
  const tiles = visibleTiles(scene, canvas.height, pixelRatio);
  if (tiles.length > 0) {
    const style = { ...scene.style, ranges: tileRanges(scene, tiles) };
    renderer.draw(context, scene.texture, tiles, style);
    drawLabels(context, scene, tiles, inks, pixelRatio);
    outlineSelected(context, scene, tiles, inks, pixelRatio);
    strokeCursors(context, scene, tiles, inks, pixelRatio);
  }
}

/** Draws the cursors alone, into a transparent canvas stacked over the grid's. */
export function drawGridCursor(canvas: HTMLCanvasElement, scene: GridScene, inks: Inks, pixelRatio: number): void {
  const context = context2d(canvas);
  context.clearRect(0, 0, canvas.width, canvas.height);
  const tiles = visibleTiles(scene, canvas.height, pixelRatio);
  if (scene.marked) {
    strokeRegion(context, scene, scene.marked, tiles, inks, pixelRatio);
  }
  strokeCursors(context, scene, tiles, inks, pixelRatio);
}

/** The same rectangle in every tile, cut at the tile's edges. */
function strokeRegion(
  context: CanvasRenderingContext2D,
  { viewport, aspect }: GridScene,
  { u0, v0, u1, v1 }: Region,
  tiles: readonly Tile[],
  inks: Inks,
  pixelRatio: number
): void {
  const lineWidth = Math.max(Math.round(pixelRatio), 1);
  const path = new Path2D();
  for (const { x, y, width, height } of tiles) {
    const pane = { width, height, aspect };
    const from = pixelAt(viewport, pane, u0, v0);
    const to = pixelAt(viewport, pane, u1, v1);
    const clamp = (at: number, size: number): number => Math.min(Math.max(Math.round(at), 0), size) + 0.5;
    const [left, top] = [clamp(from.x, width - 1), clamp(from.y, height - 1)];
    path.rect(x + left, y + top, clamp(to.x, width - 1) - left, clamp(to.y, height - 1) - top);
  }
  const halo = tiles[0]?.width < MIN_HALO_TILE * pixelRatio ? 'transparent' : inks.halo;
  strokeWithHalo(context, path, inks.crosshair, halo, lineWidth);
}

/** The tiles in sight, on whole device pixels, so that all have sharp edges and one size. */
function visibleTiles(scene: GridScene, canvasHeight: number, pixelRatio: number): Tile[] {
  const { layout, scrollTop, viewport, aspect } = scene;
  const [first, last] = layout.visibleRange(scrollTop, canvasHeight / pixelRatio);
  const tiles: Tile[] = [];
  if (last > first) {
    const { width, height } = layout.rect(first);
    const size = { width: Math.round(width * pixelRatio), height: Math.round(height * pixelRatio) };
    const seen = visibleRegion(viewport, { ...size, aspect });
    for (let index = first; index < last; index++) {
      const { x, y } = layout.rect(index);
      tiles.push({
        channel: channelOfTile(scene, index),
        x: Math.round(x * pixelRatio),
        y: Math.round((y - scrollTop) * pixelRatio),
        ...size,
        ...seen
      });
    }
  }
  return tiles;
}

function tileRanges({ channelRanges }: GridScene, tiles: readonly Tile[]): Float32Array | undefined {
  if (!channelRanges) {
    return undefined;
  }
  const ranges = new Float32Array(2 * tiles.length);
  tiles.forEach(({ channel }, index) => {
    ranges[2 * index] = channelRanges[2 * channel];
    ranges[2 * index + 1] = channelRanges[2 * channel + 1];
  });
  return ranges;
}

function drawLabels(
  context: CanvasRenderingContext2D,
  { layout, names }: GridScene,
  tiles: readonly Tile[],
  inks: Inks,
  pixelRatio: number
): void {
  if (layout.labelHeight <= 0) {
    return;
  }
  const height = layout.labelHeight * pixelRatio;
  context.font = `${Math.round(height * 0.75)}px ${inks.font}`;
  context.fillStyle = inks.text;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  for (const { channel, x, y, width } of tiles) {
    context.fillText(names?.[channel] ?? String(channel), x, y - height / 2, width);
  }
}

function outlineSelected(
  context: CanvasRenderingContext2D,
  { selected }: GridScene,
  tiles: readonly Tile[],
  inks: Inks,
  pixelRatio: number
): void {
  const tile = tiles.find(({ channel }) => channel === selected);
  if (tile) {
    const lineWidth = Math.max(Math.round(2 * pixelRatio), 1);
    context.strokeStyle = inks.selected;
    context.lineWidth = lineWidth;
    context.strokeRect(tile.x + lineWidth / 2, tile.y + lineWidth / 2, tile.width - lineWidth, tile.height - lineWidth);
  }
}

/** A cross-hair in every tile, all in one path. */
function strokeCursors(
  context: CanvasRenderingContext2D,
  { cursor, viewport, aspect }: GridScene,
  tiles: readonly Tile[],
  inks: Inks,
  pixelRatio: number
): void {
  const place = cursor && tiles.length > 0 ? placeInTile(cursor, viewport, tiles[0], aspect) : null;
  if (!place) {
    return;
  }
  const lineWidth = Math.max(Math.round(pixelRatio), 1);
  const path = new Path2D();
  for (const { x, y, width, height } of tiles) {
    const px = snap(x + place.x, lineWidth);
    const py = snap(y + place.y, lineWidth);
    path.moveTo(px, y);
    path.lineTo(px, y + height);
    path.moveTo(x, py);
    path.lineTo(x + width, py);
  }
  // In small tiles a halo would cover the map.
  const halo = tiles[0].width < MIN_HALO_TILE * pixelRatio ? 'transparent' : inks.halo;
  strokeWithHalo(context, path, inks.crosshair, halo, lineWidth);
}

/** The cursor's pixel in a tile, from its corner; null if the tile does not show it. All tiles agree. */
function placeInTile(
  cursor: Cursor,
  viewport: Viewport,
  { width, height }: Pick<Rect, 'width' | 'height'>,
  aspect: number
): { x: number; y: number } | null {
  const place = pixelAt(viewport, { width, height, aspect }, cursor.x, cursor.y);
  return place.x >= 0 && place.x < width && place.y >= 0 && place.y < height ? place : null;
}
