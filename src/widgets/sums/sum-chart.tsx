import * as React from 'react';
import { formatNumber } from '../../viewer/values/numbers';

export const CHART_HEIGHT = 96;
const PAD = 8;

/** The running sum, channel after channel: each bar begins where the one before ended. */
export function SumChart(props: {
  y: number;
  width: number;
  /** In the order in which they are added. */
  sums: readonly number[];
  so: Float64Array;
  bias: number | null;
  step: number;
  onPick: (step: number) => void;
}): React.ReactElement {
  const { y, width, sums, so, bias, step, onPick } = props;
  const last = so.at(-1) ?? 0;
  const total = last + (bias ?? 0);
  const [low, high] = so.reduce(
    ([a, b], value) => [Math.min(a, value), Math.max(b, value)],
    [Math.min(0, total), Math.max(0, total)]
  );
  const place = (value: number): number => PAD + ((high - value) / (high - low || 1)) * (CHART_HEIGHT - 2 * PAD);
  const below = Math.max(place(total), place(last));
  const count = sums.length + (bias === null ? 0 : 1);
  const each = width / count;
  const bar = (from: number, to: number, i: number, kind: string, isNow: boolean): React.ReactElement => (
    <rect
      key={i}
      className="jp-GradLens-sumBar"
      data-sign={to < from ? 'minus' : 'plus'}
      data-kind={kind}
      data-now={isNow || undefined}
      x={i * each + (each > 4 ? 1 : 0)}
      y={Math.min(place(from), place(to)) - 0.5}
      width={Math.max(each - (each > 4 ? 2 : 0), 0.5)}
      height={Math.abs(place(from) - place(to)) + 1}
    />
  );
  return (
    <g transform={`translate(0 ${y})`}>
      <rect
        className="jp-GradLens-sumChart"
        width={width}
        height={CHART_HEIGHT}
        onPointerDown={event => onPick(stepUnder(event, sums.length, count))}
        onPointerMove={event => event.buttons === 1 && onPick(stepUnder(event, sums.length, count))}
      />
      <line className="jp-GradLens-sumZero" x1={0} x2={width} y1={place(0)} y2={place(0)} />
      <rect className="jp-GradLens-sumNow" x={step * each} width={Math.max(each, 2)} height={CHART_HEIGHT} />
      <g pointerEvents="none">
        {sums.map((sum, i) => bar(so[i] - sum, so[i], i, i <= step ? 'done' : 'to come', i === step))}
        {bias !== null && bar(last, total, sums.length, 'bias', false)}
        <text className="jp-GradLens-sumTick" x={4} y={place(0) - 3}>
          0
        </text>
        <text
          className="jp-GradLens-sumTick"
          x={width - 4}
          y={below > CHART_HEIGHT - 16 ? Math.min(place(total), place(last)) - 4 : below + 13}
          textAnchor="end"
        >
          {formatNumber(total)}
        </text>
      </g>
    </g>
  );
}

function stepUnder(event: React.PointerEvent<SVGRectElement>, steps: number, count: number): number {
  const box = event.currentTarget.getBoundingClientRect();
  return Math.max(0, Math.min(steps - 1, Math.floor(((event.clientX - box.left) / box.width) * count)));
}
