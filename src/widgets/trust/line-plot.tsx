import * as React from 'react';
import { formatNumber } from '../../viewer/values/numbers';

/** Drawing units. */
const [WIDTH, HEIGHT] = [260, 130];
const [LEFT, RIGHT, TOP, BOTTOM] = [44, 8, 8, 30];

export interface Line {
  label: string;
  /** Null leaves a gap. */
  values: readonly (number | null)[];
  /** What sets it off from the others, beside its colour. */
  dash: 'solid' | 'dashed' | 'dotted';
}

/** Lines over a common axis, with a legend; the numbers are in a table for those who do not see them. */
export function LinePlot(props: {
  /** What it shows, whole. */
  title: string;
  /** 0..1, from left to right. */
  places: readonly number[];
  lines: readonly Line[];
  axis: { first: string; label: string; last: string };
  /** The least that the other axis spans. */
  span: readonly [number, number];
}): React.ReactElement {
  const { title, places, lines, axis } = props;
  const values = lines.flatMap(line => line.values).filter(value => value !== null);
  const [low, high] = [Math.min(props.span[0], ...values), Math.max(props.span[1], ...values)];
  const x = (place: number): number => LEFT + place * (WIDTH - LEFT - RIGHT);
  const y = (value: number): number => TOP + ((high - value) / (high - low || 1)) * (HEIGHT - TOP - BOTTOM);
  const [bottom, right] = [HEIGHT - BOTTOM, WIDTH - RIGHT];
  return (
    <figure className="jp-GradLens-plot">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={title}>
        <path className="jp-GradLens-plotAxis" d={`M${LEFT} ${TOP}V${bottom}H${right}`} />
        {low < 0 && <path className="jp-GradLens-plotAxis" strokeDasharray="2 3" d={`M${LEFT} ${y(0)}H${right}`} />}
        <text x={LEFT - 4} y={TOP + 8} textAnchor="end">
          {formatNumber(high)}
        </text>
        <text x={LEFT - 4} y={bottom} textAnchor="end">
          {formatNumber(low)}
        </text>
        <text x={LEFT} y={bottom + 13}>
          {axis.first}
        </text>
        <text x={right} y={bottom + 13} textAnchor="end">
          {axis.last}
        </text>
        <text x={(LEFT + right) / 2} y={HEIGHT - 4} textAnchor="middle">
          {axis.label}
        </text>
        {lines.map(line => (
          <g key={line.label} className="jp-GradLens-plotLine" data-dash={line.dash}>
            <path d={pathOf(places, line.values, x, y)} />
            {places.length < 12 &&
              line.values.map((value, i) => value !== null && <circle key={i} cx={x(places[i])} cy={y(value)} r={2} />)}
          </g>
        ))}
      </svg>
      <figcaption>
        {lines.map(({ label, dash }) => (
          <span key={label}>
            <svg viewBox="0 0 24 8" width={24} height={8} aria-hidden="true">
              <g className="jp-GradLens-plotLine" data-dash={dash}>
                <path d="M0 4H24" />
              </g>
            </svg>
            {label}
          </span>
        ))}
      </figcaption>
    </figure>
  );
}

function pathOf(
  places: readonly number[],
  values: readonly (number | null)[],
  x: (place: number) => number,
  y: (value: number) => number
): string {
  return values
    .map((value, i) => {
      const before = i > 0 ? values[i - 1] : null;
      return value === null ? '' : `${before === null ? 'M' : 'L'}${x(places[i]).toFixed(1)} ${y(value).toFixed(1)}`;
    })
    .join('');
}
