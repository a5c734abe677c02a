import * as React from 'react';
import type { ColormapName } from '../session/state';
import { colormapGradient } from '../viewer/colormaps';
import { niceTicks, tickLabels } from '../viewer/numbers';
import { useTrans } from './context';

/** The colours and the values that they stand for, with a mark at the value under the cursor. */
export function ColorBar(props: {
  colormap: ColormapName;
  range: readonly [min: number, max: number];
  value: number | null;
}): React.ReactElement {
  const { colormap, value } = props;
  const [min, max] = props.range;
  const trans = useTrans();
  const ticks = niceTicks(min, max, 5);
  const labels = tickLabels(ticks);
  const at = (tick: number): number => (max > min ? Math.min(1, Math.max(0, (tick - min) / (max - min))) : 0.5);
  return (
    <div
      className="jp-GradLens-colorBar"
      role="img"
      aria-label={trans.__('Colour bar, %1, from %2 to %3', colormap, min.toPrecision(3), max.toPrecision(3))}
    >
      <div className="jp-GradLens-colorBarRamp" style={{ background: colormapGradient(colormap) }}>
        {value !== null && Number.isFinite(value) && (
          <span className="jp-GradLens-colorBarMark" style={{ left: `${100 * at(value)}%` }} />
        )}
      </div>
      <div className="jp-GradLens-colorBarTicks" aria-hidden="true">
        {ticks.map((tick, i) => (
          // Kept inside: a label at an end would be cut off.
          <span key={tick} style={{ left: `clamp(1em, ${100 * at(tick)}%, calc(100% - 1em))` }}>
            {labels[i]}
          </span>
        ))}
      </div>
    </div>
  );
}
