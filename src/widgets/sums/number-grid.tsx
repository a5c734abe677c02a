import * as React from 'react';
import { formatNumber } from '../../viewer/values/numbers';

/** Below this size of a cell, CSS pixels, numbers are left to the line under the grids. */
const READABLE = 30;

export interface GridCell {
  row: number;
  column: number;
}

/** Numbers in cells, coloured by sign and size: blue above 0, orange below; cells outside the input are hatched. */
export function NumberGrid(props: {
  x: number;
  y: number;
  cell: number;
  columns: number;
  values: ArrayLike<number>;
  /** The number of full colour. */
  most: number;
  title: string;
  /** By cell: lies outside. */
  isOutside?: (row: number, column: number) => boolean;
  /** The cell pointed at. */
  at: GridCell | null;
  /** A cell marked for good: the winner. */
  marked?: number;
}): React.ReactElement {
  const { x, y, cell, columns, values, most, title, isOutside, at, marked } = props;
  const rows = values.length / columns;
  const room = cell >= 44 ? 4 : 3;
  return (
    <g transform={`translate(${x} ${y})`}>
      <text className="jp-GradLens-sumTitle" x={(columns * cell) / 2} y={-6} textAnchor="middle">
        {title}
      </text>
      {Array.from(values, (value, i) => {
        const [row, column] = [Math.floor(i / columns), i % columns];
        const outside = isOutside?.(row, column) ?? false;
        const share = most > 0 ? Math.min(1, Math.abs(value) / most) : 0;
        return (
          <g key={i} transform={`translate(${column * cell} ${row * cell})`}>
            <rect className="jp-GradLens-sumPaper" width={cell} height={cell} />
            <rect
              className="jp-GradLens-sumCell"
              data-sign={value < 0 ? 'minus' : 'plus'}
              data-outside={outside || undefined}
              width={cell}
              height={cell}
              fillOpacity={outside ? 0.12 : 0.06 + 0.64 * share}
            />
            {outside && <path className="jp-GradLens-sumHatch" d={hatch(cell)} />}
            {cell >= READABLE && (
              <text
                className="jp-GradLens-sumNumber"
                x={cell / 2}
                y={cell / 2}
                dy="0.35em"
                textAnchor="middle"
                fontSize={cell >= 44 ? 12 : 10}
              >
                {short(value, room)}
              </text>
            )}
          </g>
        );
      })}
      <rect className="jp-GradLens-sumFrame" width={columns * cell} height={rows * cell} />
      {[...(at ? [at.row * columns + at.column] : []), ...(marked !== undefined && marked >= 0 ? [marked] : [])].map(
        i => (
          <rect
            key={`at ${i}`}
            className="jp-GradLens-sumAt"
            x={(i % columns) * cell}
            y={Math.floor(i / columns) * cell}
            width={cell}
            height={cell}
          />
        )
      )}
    </g>
  );
}

const hatch = (size: number): string => {
  const third = size / 3;
  return `M0 ${third}L${third} 0M0 ${2 * third}L${2 * third} 0M0 ${size}L${size} 0M${third} ${size}L${size} ${third}M${2 * third} ${size}L${size} ${2 * third}`;
};

/** As many digits as a cell has room for. */
function short(value: number, room: number): string {
  const texts = [3, 2, 1].map(digits => formatNumber(value, digits));
  const lengthOf = (text: string): number => text.replace(/[-.]/g, '').length;
  return texts.find(text => lengthOf(text) <= room) ?? texts[2];
}
