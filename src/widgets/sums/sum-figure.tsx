import * as React from 'react';
import { type CellOf, indexOf, type ProductParts, type WindowParts } from '../../engine/protocol/sums';
import { formatNumber } from '../../viewer/values/numbers';
import { useTrans } from '../shared/context';
import { useSize } from '../shared/hooks/use-size';
import { type Box, cellSize, flow, GAP } from './grid-row';
import { InputPicture, pictureSize } from './input-picture';
import { type GridCell, NumberGrid } from './number-grid';
import { sliceAt } from './products';
import { CHART_HEIGHT, SumChart } from './sum-chart';

const PICTURE = 132;

/** What is drawn of a sum or a window: the input with the window framed, the numbers, and the running sum. */
export function SumFigure(props: {
  parts: ProductParts | WindowParts;
  /** Of a sum: the summand in view, its step, and those of all steps. */
  which: number;
  step: number;
  order: readonly number[];
  so: Float64Array;
  onStep: (step: number) => void;
  /** Goes on to a cell of the input. */
  onOpen: (cell: CellOf) => void;
  figure: React.RefObject<SVGSVGElement>;
}): React.ReactElement {
  const { parts, which, step, order, so, onStep, onOpen, figure } = props;
  const trans = useTrans();
  const frame = React.useRef<HTMLDivElement>(null);
  const { width } = useSize(frame);
  const [at, point] = React.useState<GridCell | null>(null);
  const { rows, columns, rowsAt, columnsAt, pictures } = parts;
  const isSum = parts.kind === 'products';
  const channel = isSum ? parts.channels[which] : parts.channel;
  const slice = isSum ? sliceAt(parts, which) : null;
  const largest = (values: ArrayLike<number>): number =>
    Array.from(values).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const most = React.useMemo(
    () => ({ values: largest(parts.values), weights: isSum ? largest(parts.weights) : 0 }),
    [parts, isSum]
  );
  const hasGrids = rows * columns > 1 || !isSum;
  const beside = pictures && hasGrids ? pictureSize(pictures, PICTURE) : null;
  const grids = isSum ? 3 : 1;
  const cell = cellSize(width, columns, grids, beside?.[0] ?? 0);
  const grid: Box = { width: columns * cell, height: rows * cell };
  const boxes: Box[] = [
    ...(beside ? [{ width: beside[0], height: beside[1] }] : []),
    ...(hasGrids ? Array<Box>(grids).fill(grid) : [])
  ];
  const { places, height: upper } = hasGrids ? flow(boxes, width) : { places: [], height: 0 };
  const own = places.slice(beside ? 1 : 0);
  const top = upper + (hasGrids ? 10 : 0);
  const hasChart = isSum && parts.sums.length > 1;
  const height = top + (hasChart ? CHART_HEIGHT : 0);
  const isOutside = (row: number, column: number): boolean => rowsAt[row] < 0 || columnsAt[column] < 0;
  const open = (to: GridCell): void => {
    if (!isOutside(to.row, to.column)) {
      const place = { row: rowsAt[to.row], column: columnsAt[to.column], channel };
      onOpen({ layer: parts.from, at: indexOf(parts.layout, place, isSum ? parts.prefix : []) });
    }
  };
  const cellUnder = (event: React.MouseEvent<SVGSVGElement>): GridCell | null => {
    const box = event.currentTarget.getBoundingClientRect();
    const scale = width / box.width;
    const [x, y] = [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale];
    for (const place of own) {
      const [column, row] = [Math.floor((x - place.x) / cell), Math.floor((y - place.y) / cell)];
      if (row >= 0 && row < rows && column >= 0 && column < columns) {
        return { row, column };
      }
    }
    return null;
  };
  const onKeyDown = (event: React.KeyboardEvent): void => {
    const move = MOVES[event.key];
    if (move) {
      point(
        at
          ? {
              row: Math.min(rows - 1, Math.max(0, at.row + move[0])),
              column: Math.min(columns - 1, Math.max(0, at.column + move[1]))
            }
          : { row: 0, column: 0 }
      );
    } else if (event.key === 'Enter' && at) {
      open(at);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  const i = at ? at.row * columns + at.column : 0;
  const numbers = { cell, columns, isOutside, at };
  return (
    <div ref={frame} className="jp-GradLens-sumFigure">
      <svg
        ref={figure}
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        tabIndex={hasGrids ? 0 : undefined}
        data-lm-suppress-shortcuts="true"
        aria-label={
          isSum
            ? trans.__('Values, weights and products of channel %1 of %2', channel, parts.from)
            : trans.__('The window on channel %1 of %2', channel, parts.from)
        }
        onPointerMove={event => point(cellUnder(event))}
        onPointerLeave={() => point(null)}
        onClick={event => {
          const under = cellUnder(event);
          if (under) {
            open(under);
          }
        }}
        onKeyDown={onKeyDown}
      >
        {beside && pictures && (
          <InputPicture
            {...places[0]}
            size={PICTURE}
            pictures={pictures}
            which={isSum ? which : 0}
            rowsAt={rowsAt}
            columnsAt={columnsAt}
            title={trans.__('channel %1', channel)}
          />
        )}
        {hasGrids && slice && (
          <>
            <NumberGrid {...own[0]} {...numbers} values={slice.values} most={most.values} title={trans.__('patch')} />
            <NumberGrid
              {...own[1]}
              {...numbers}
              values={slice.weights}
              most={most.weights}
              title={trans.__('kernel')}
            />
            <NumberGrid
              {...own[2]}
              {...numbers}
              values={slice.products}
              most={largest(slice.products)}
              title={trans.__('products')}
            />
            {['×', '='].map((sign, n) => {
              const isBeside = own[n].y === own[n + 1].y;
              return (
                <text
                  key={sign}
                  className="jp-GradLens-sumSign"
                  x={isBeside ? own[n].x + grid.width + GAP / 2 : own[n + 1].x + grid.width / 2 - 40}
                  y={isBeside ? own[n].y + grid.height / 2 : own[n + 1].y - 11}
                  dy="0.35em"
                  textAnchor="middle"
                >
                  {sign}
                </text>
              );
            })}
          </>
        )}
        {!isSum && (
          <NumberGrid
            {...own[0]}
            {...numbers}
            values={parts.values}
            most={most.values}
            title={trans.__('window')}
            marked={parts.winner}
          />
        )}
        {hasChart && (
          <SumChart
            y={top}
            width={width}
            sums={order.map(one => parts.sums[one])}
            so={so}
            bias={parts.bias}
            step={step}
            onPick={onStep}
          />
        )}
      </svg>
      {hasGrids && (
        <output className="jp-GradLens-readout" aria-label={trans.__('Numbers under the cursor')}>
          {!at
            ? trans.__('Point at a cell, or walk with the arrow keys; click it, or press Enter, to see what made it.')
            : isOutside(at.row, at.column)
              ? isSum
                ? trans.__('Outside the input: counts as 0.')
                : trans.__('Outside the input: does not count.')
              : slice
                ? `${formatNumber(slice.values[i])} × ${formatNumber(slice.weights[i])} = ${formatNumber(slice.products[i])}`
                : formatNumber(parts.values[i])}
        </output>
      )}
    </div>
  );
}

const MOVES: Readonly<Record<string, [down: number, across: number]>> = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0]
};
