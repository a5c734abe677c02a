import * as React from 'react';
import type { Perturbation } from '../../perturb/perturbation';
import type { Experiment } from '../../session/experiment/experiment';
import { cellsIn, coverOf, inverted, type Shape, withRegion } from '../../session/experiment/masks';
import { type Cursor, type RegionOfInterest, WHOLE } from '../../state/places';
import type { DragTool } from '../../viewer/gestures';
import type { MapGrid } from '../../viewer/layout/map-grid';
import { painted } from '../../viewer/values/brush';
import type { Brush, DrawnRegion } from '../map/map-canvas';
import { circle } from '../map/outlines';

export interface Cover {
  tool: DragTool;
  setTool: (tool: DragTool) => void;
  /** What is drawn uncovers. */
  isErasing: boolean;
  setErasing: (isErasing: boolean) => void;
  /** Diameter of the brush, in cells of the mask. */
  size: number;
  setSize: (size: number) => void;
  grid: MapGrid;
  brush: Brush;
  region: DrawnRegion;
  regionEnded: () => void;
  invert: () => void;
  clear: () => void;
  /** Covers these cells, and nothing else. */
  set: (cells: Uint8Array) => void;
}

/** Covers parts of a picture, by brush, rectangle and lasso. */
export function useCover(experiment: Experiment, shape: Shape): Cover {
  const [rows, columns] = shape;
  const [tool, setTool] = React.useState<DragTool>('brush');
  const [isErasing, setErasing] = React.useState(false);
  const [size, setSize] = React.useState(() => Math.max(1, Math.round(Math.max(rows, columns) / 8)));
  const [drawn, setDrawn] = React.useState<RegionOfInterest | null>(null);
  const grid = React.useMemo<MapGrid>(() => ({ width: columns, height: rows, region: WHOLE }), [rows, columns]);
  const value = isErasing ? 0 : 1;
  const cellsOf = ({ cover }: Perturbation): Uint8Array => cellsIn(cover, shape);
  const coverAs = (cells: Uint8Array): Partial<Perturbation> => ({ cover: coverOf(cells, shape) });
  const place = ({ x, y }: Cursor): Cursor => ({ x: x * columns, y: y * rows });
  return {
    tool,
    setTool,
    isErasing,
    setErasing,
    size,
    setSize,
    grid,
    brush: {
      outline: cursor => circle(cursor, size / 2 / columns, size / 2 / rows, isErasing),
      stroked: (from, to) =>
        experiment.draw(coverAs(painted(cellsOf(experiment.now), columns, [place(from), place(to)], size / 2, value))),
      ended: isKept => (isKept ? experiment.change() : experiment.giveUp())
    },
    region: {
      now: drawn,
      drawn: region => {
        setDrawn(region);
        if (region) {
          experiment.draw(coverAs(withRegion(cellsOf(experiment.snapshot.history.now), shape, region, value)));
        } else {
          experiment.giveUp();
        }
      }
    },
    regionEnded: () => {
      setDrawn(null);
      experiment.change();
    },
    invert: () => experiment.change(coverAs(inverted(cellsOf(experiment.now)))),
    clear: () => experiment.change({ cover: undefined }),
    set: cells => experiment.change(coverAs(cells))
  };
}
