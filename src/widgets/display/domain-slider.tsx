import * as React from 'react';
import type { ScaleName } from '../../state/view-state';
import { formatNumber } from '../../viewer/values/numbers';
import { scaledRange, scaleToUnit, unitToScale } from '../../viewer/values/scale';
import { histogram, minMax, type Range } from '../../viewer/values/statistics';
import { useTrans } from '../shared/context';

const BINS = 64;

/** Steps of the handles. */
const STEPS = 200;

const WIDTH = 256;
const HEIGHT = 44;

/** A histogram of values with a handle at each bound of the range, and the bounds to type. */
export function DomainSlider(props: {
  values: Float32Array;
  bounds: Range;
  scale: ScaleName;
  onChange: (bounds: Range) => void;
}): React.ReactElement {
  const { values, bounds, scale, onChange } = props;
  const trans = useTrans();
  const own = React.useMemo(() => minMax(values), [values]);
  // Typed bounds may lie outside the values: both must be in sight.
  const domain = scaledRange(scale, [Math.min(own[0], bounds[0]), Math.max(own[1], bounds[1])]);
  const [first, last] = domain;
  const path = React.useMemo(() => histogramPath(values, [first, last], scale), [values, first, last, scale]);
  const unit = (value: number): number => Math.min(1, Math.max(0, scaleToUnit(scale, value, domain)));
  const set = (end: 0 | 1, value: number): void => {
    if (Number.isFinite(value)) {
      const other = bounds[1 - end];
      onChange(end === 0 ? [Math.min(value, other), other] : [other, Math.max(value, other)]);
    }
  };
  const ends = [trans.__('Lower bound'), trans.__('Upper bound')] as const;
  const [from, to] = bounds.map(unit);
  return (
    <div className="jp-GradLens-domain">
      <div className="jp-GradLens-domainPlot">
        <svg height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
          <path d={path} className="jp-GradLens-domainBars" />
          <rect x={0} width={WIDTH * from} height={HEIGHT} className="jp-GradLens-domainOutside" />
          <rect x={WIDTH * to} width={WIDTH * (1 - to)} height={HEIGHT} className="jp-GradLens-domainOutside" />
        </svg>
        {ends.map((label, end) => (
          <input
            key={label}
            type="range"
            min={0}
            max={STEPS}
            step={1}
            aria-label={label}
            aria-valuetext={formatNumber(bounds[end])}
            value={Math.round(STEPS * (end === 0 ? from : to))}
            onChange={event => set(end as 0 | 1, unitToScale(scale, Number(event.target.value) / STEPS, domain))}
          />
        ))}
      </div>
      <div className="jp-GradLens-domainBounds">
        {ends.map((label, end) => (
          <NumberField
            key={label}
            label={trans.__('%1, typed', label)}
            value={bounds[end]}
            onChange={value => set(end as 0 | 1, value)}
          />
        ))}
      </div>
    </div>
  );
}

/** A number to type: taken over with Enter or when the focus leaves. */
function NumberField(props: { label: string; value: number; onChange: (value: number) => void }): React.ReactElement {
  const { label, value, onChange } = props;
  const [text, setText] = React.useState<string | null>(null);
  const commit = (): void => {
    if (text !== null && text.trim() !== '') {
      onChange(Number(text));
    }
    setText(null);
  };
  return (
    <input
      type="text"
      inputMode="decimal"
      className="jp-GradLens-input"
      aria-label={label}
      value={text ?? formatNumber(value)}
      onChange={event => setText(event.target.value)}
      onBlur={commit}
      onKeyDown={event => {
        if (event.key === 'Enter') {
          commit();
        }
      }}
    />
  );
}

/** Bars of equal width on the scale; heights as square roots, so that rare values show beside a peak of zeros. */
function histogramPath(values: Float32Array, domain: Range, scale: ScaleName): string {
  const units = scale === 'linear' ? values : values.map(value => scaleToUnit(scale, value, domain));
  const counts = histogram(units, BINS, scale === 'linear' ? domain : [0, 1]);
  const highest = Math.max(1, ...counts);
  const width = WIDTH / BINS;
  return [...counts]
    .map((count, i) => {
      const height = Math.sqrt(count / highest) * HEIGHT;
      return count === 0 ? '' : `M${i * width} ${HEIGHT}v-${height.toFixed(2)}h${width * 0.9}V${HEIGHT}z`;
    })
    .join('');
}
