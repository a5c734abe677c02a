import * as React from 'react';
import type { DragTool } from '../../viewer/gestures';
import { useTrans } from '../shared/context';

/** Buttons that turn dragging into drawing a region. */
export function RegionTools(props: { tool: DragTool; onChange: (tool: DragTool) => void }): React.ReactElement {
  const { tool, onChange } = props;
  const trans = useTrans();
  const button = (name: DragTool, label: string, shape: React.ReactElement): React.ReactElement => (
    <button
      type="button"
      className="jp-GradLens-button jp-GradLens-icon"
      aria-pressed={tool === name}
      aria-label={label}
      title={label}
      onClick={() => onChange(tool === name ? 'move' : name)}
    >
      <svg
        viewBox="0 0 16 16"
        width="14"
        height="14"
        aria-hidden="true"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
      >
        {shape}
      </svg>
    </button>
  );
  return (
    <span role="group" aria-label={trans.__('Measure a region')}>
      {button(
        'rectangle',
        trans.__('Measure a rectangle'),
        <rect x={2} y={4} width={12} height={8} strokeDasharray="3 2" />
      )}
      {button(
        'lasso',
        trans.__('Measure with a lasso'),
        <path
          d="M8 2.5c4 0 6 2 6 4.5s-3 4-6 4-6-1.500-6-4 2-4.500 6-4.500zM5 11c-1 1-.5 2.500 1 3"
          strokeDasharray="3 2"
        />
      )}
    </span>
  );
}
