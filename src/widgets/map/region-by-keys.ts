import type { Cursor, RegionOfInterest } from '../../state/places';
import type { DragTool } from '../../viewer/gestures';
import { cellAt, type MapGrid } from '../../viewer/layout/map-grid';
import { spanned } from './walk-cells';

/** A lasso has an inside. */
const FEWEST = 3;

/**
 * Draws a region by keys: where a cell is picked is a corner. A rectangle ends with its second corner, a
 * lasso where its first corner is picked again; between them the region follows the cursor. Corners are
 * forgotten with the region: where another was drawn, or it was cleared, keys begin anew.
 */
export class RegionByKeys {
  /** @param isShown - True while the region drawn last is the one on the screen. */
  constructor(
    private grid: MapGrid,
    private draw: (region: RegionOfInterest | null) => void,
    private end: () => void,
    private isShown: (region: RegionOfInterest) => boolean = () => true
  ) {}

  walked(cursor: Cursor, tool: DragTool): void {
    this._begin(tool);
    if (this._corners.length > 0) {
      this._show([...this._corners, cursor]);
    }
  }

  picked(cursor: Cursor, tool: DragTool): void {
    this._begin(tool);
    const corners = this._corners;
    const isKnown = corners.some(corner => this._isSameCell(corner, cursor));
    if (tool === 'rectangle') {
      this._show([...corners, cursor]);
      this._corners = corners.length > 0 ? [] : [cursor];
    } else if (!isKnown) {
      this._corners = [...corners, cursor];
      this._show(this._corners);
    } else if (corners.length >= FEWEST && this._isSameCell(corners[0], cursor)) {
      this._show(corners);
      this._corners = [];
    }
    if (this._corners.length === 0) {
      this.end();
    }
  }

  /** Gives up what is drawn; false if nothing is. */
  cancel(): boolean {
    const isDrawing = this._corners.length > 0;
    this._corners = [];
    if (isDrawing) {
      this.draw(null);
    }
    return isDrawing;
  }

  /** The region is being drawn otherwise. */
  forget(): void {
    this._corners = [];
  }

  /** Corners set with another tool are none of this one's. */
  private _begin(tool: DragTool): void {
    const isSame = tool === this._tool && this._drawn !== null && this.isShown(this._drawn);
    this._corners = isSame ? this._corners : [];
    this._tool = tool;
  }

  private _show(places: readonly Cursor[]): void {
    this._drawn = this._region(places);
    this.draw(this._drawn);
  }

  private _region(places: readonly Cursor[]): RegionOfInterest {
    const last = places[places.length - 1];
    if (this._tool === 'rectangle') {
      return spanned(this.grid, places[0], last);
    }
    const points = [...places, last, last].slice(0, Math.max(FEWEST, places.length));
    return { kind: 'lasso', points: points.map(({ x, y }): [number, number] => [x, y]) };
  }

  private _isSameCell(a: Cursor, b: Cursor): boolean {
    const [one, other] = [a, b].map(place => cellAt(this.grid, place));
    return one?.row === other?.row && one?.column === other?.column;
  }

  private _tool: DragTool | null = null;
  private _corners: readonly Cursor[] = [];
  private _drawn: RegionOfInterest | null = null;
}
