import './plot.css';
import * as React from 'react';
import { tickLabels } from '../../viewer/values/numbers';
import { axisTicks, labelledEvery } from './axis';

/** Drawing units. */
const [WIDTH, HEIGHT] = [260, 130];
const [RIGHT, TOP, BOTTOM] = [8, 8, 30];
/** Of a number's line, with room to the next. */
const LINE = 12;
/** Left of the axis, at least; and of a digit, with some to spare. */
const [LEAST_LEFT, DIGIT] = [44, 6.2];

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
  /** The least that the other axis spans; null: what the values do. */
  span: readonly [number, number] | null;
  /** A place that is marked: where a slider stands. */
  now?: number;
  /** In place of a legend, which one line does not need. */
  caption?: React.ReactNode;
}): React.ReactElement {
  const { title, places, lines, axis, span, now, caption } = props;
  const values = [...(span ?? []), ...lines.flatMap(line => line.values).filter(value => value !== null)];
  const ticks = values.length > 0 ? axisTicks(Math.min(...values), Math.max(...values)) : [0, 1];
  const [low, high] = [ticks[0], ticks[ticks.length - 1]];
  const labels = tickLabels(ticks);
  const left = Math.max(LEAST_LEFT, 8 + DIGIT * Math.max(...labels.map(({ length }) => length)));
  const every = labelledEvery(ticks.length, HEIGHT - TOP - BOTTOM, LINE);
  const x = (place: number): number => left + place * (WIDTH - left - RIGHT);
  const y = (value: number): number => TOP + ((high - value) / (high - low)) * (HEIGHT - TOP - BOTTOM);
  const [bottom, right] = [HEIGHT - BOTTOM, WIDTH - RIGHT];
  return (
    <figure className="jp-GradLens-plot">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={title}>
        {ticks.map((tick, i) => (
          <g key={tick}>
            <path
              className={tick === 0 ? 'jp-GradLens-plotAxis' : 'jp-GradLens-plotTick'}
              d={`M${left} ${y(tick)}H${right}`}
            />
            {i % every === 0 && (
              <text x={left - 4} y={y(tick) + 3.5} textAnchor="end">
                {labels[i]}
              </text>
            )}
          </g>
        ))}
        <path className="jp-GradLens-plotAxis" d={`M${left} ${TOP}V${bottom}`} />
        {now !== undefined && <path className="jp-GradLens-plotNow" d={`M${x(now)} ${TOP}V${bottom}`} />}
        <text x={left} y={bottom + 13}>
          {axis.first}
        </text>
        <text x={right} y={bottom + 13} textAnchor="end">
          {axis.last}
        </text>
        <text x={(left + right) / 2} y={HEIGHT - 4} textAnchor="middle">
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
        {caption ??
          lines.map(({ label, dash }) => (
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
