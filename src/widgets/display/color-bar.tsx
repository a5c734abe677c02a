import * as React from 'react';
import { planeOf, type Shown, valueAt } from '../../session/view/shown-map';
import type { ViewState } from '../../state/view-state';
import { colormapGradient } from '../../viewer/color/colormaps';
import { fittingColormap } from '../../viewer/values/fitting';
import { barTicks } from '../../viewer/values/bar-ticks';
import { formatNumber } from '../../viewer/values/numbers';
import { scaleToUnit } from '../../viewer/values/scale';
import { minMax } from '../../viewer/values/statistics';
import { useTrans } from '../shared/context';
import { useFrame } from '../shared/hooks/use-frame';
import { useSize } from '../shared/hooks/use-size';
import { useSession, useViewProperty } from '../shared/view-context';

const WATCHED: readonly (keyof ViewState)[] = ['cursor'];

/** Width of a letter, in CSS pixels, with some to spare. */
const LETTER = 6.3;

/** Half the width of a label, in which no sign is wider than a digit. */
const half = (label: string): string => `${label.length / 2}ch`;

/** The colours and the values that they stand for, with a mark at the value under the cursor; pointed where values lie outside. */
export function ColorBar({ map, range }: Shown): React.ReactElement {
  const session = useSession();
  const { bounds, scale } = range;
  const [min, max] = bounds;
  const trans = useTrans();
  const colormap = fittingColormap(useViewProperty('colormap'), bounds);
  const reversed = useViewProperty('reversed');
  const mark = React.useRef<HTMLSpanElement>(null);
  const [low, high] = React.useMemo(() => minMax(planeOf(map)), [map]);
  const at = (value: number): number => (max > min ? Math.min(1, Math.max(0, scaleToUnit(scale, value, bounds))) : 0.5);
  const axis = React.useRef<HTMLDivElement>(null);
  const { width } = useSize(axis);
  const ticks = barTicks(scale, bounds, width / LETTER);
  useFrame(mark, WATCHED, element => {
    const { cursor } = session.state;
    const value = cursor && valueAt(map, cursor);
    const isShown = value !== null && !Number.isNaN(value);
    element.style.visibility = isShown ? 'visible' : 'hidden';
    if (isShown) {
      element.style.left = `${100 * at(value)}%`;
    }
  });
  const points = (low < min ? ' jp-mod-below' : '') + (high > max ? ' jp-mod-above' : '');
  return (
    <div
      className="jp-GradLens-colorBar"
      role="img"
      aria-label={trans.__('Colour bar, %1, from %2 to %3', colormap, formatNumber(min, 3), formatNumber(max, 3))}
    >
      <div className={`jp-GradLens-colorBarRamp${points}`}>
        <span
          className="jp-GradLens-colorBarColors"
          style={{ background: colormapGradient(colormap, 'to right', reversed) }}
        />
        <span className="jp-GradLens-colorBarMark" ref={mark} />
      </div>
      <div className="jp-GradLens-colorBarTicks" aria-hidden="true" ref={axis}>
        {ticks.map(({ value, place, label }) => (
          // Kept inside, however long: a label at an end would be cut off.
          <span key={value} style={{ left: `clamp(${half(label)}, ${100 * place}%, calc(100% - ${half(label)}))` }}>
            {label}
          </span>
        ))}
      </div>
    </div>
  );
}
