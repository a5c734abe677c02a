import * as React from 'react';
import { useTrans } from '../shared/context';
import { useSession } from '../shared/view-context';

/** Share of the width that an arrow key moves by. */
const STEP = 0.02;

/** The line between the picture alone and the heatmap over it; dragged, or moved by arrow keys. */
export function Divider({ value }: { value: number }): React.ReactElement {
  const session = useSession();
  const trans = useTrans();
  const set = (divider: number): void => session.update({ divider: Math.min(Math.max(divider, 0), 1) });
  return (
    <div
      className="jp-GradLens-divider"
      role="slider"
      tabIndex={0}
      aria-label={trans.__('Divider between picture and heatmap')}
      aria-orientation="horizontal"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(100 * value)}
      data-gradlens-own-keys="true"
      style={{ left: `${100 * value}%` }}
      onPointerDown={event => {
        event.currentTarget.setPointerCapture(event.pointerId);
        event.stopPropagation();
      }}
      onPointerMove={event => {
        const pane = event.currentTarget.parentElement;
        if (pane && event.currentTarget.hasPointerCapture(event.pointerId)) {
          const { left, width } = pane.getBoundingClientRect();
          set((event.clientX - left) / width);
        }
      }}
      onKeyDown={event => {
        const steps: Record<string, number> = { ArrowLeft: -STEP, ArrowRight: STEP, Home: -1, End: 1 };
        if (event.key in steps) {
          event.preventDefault();
          event.stopPropagation();
          set(value + steps[event.key]);
        }
      }}
    />
  );
}
