import * as React from 'react';
import { useTrans } from '../shared/context';

/** Opens the panel in which parts of the picture are covered. */
export function TryButton(props: { isPressed: boolean; onClick: () => void }): React.ReactElement {
  const { isPressed, onClick } = props;
  const label = useTrans().__('Cover or change the picture');
  return (
    <button
      type="button"
      className="jp-GradLens-button jp-GradLens-icon"
      aria-pressed={isPressed}
      aria-label={label}
      title={label}
      onClick={onClick}
    >
      <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true" stroke="currentColor" strokeWidth="1.5">
        <rect x={1.5} y={3} width={13} height={10} fill="none" />
        <rect x={4} y={5.5} width={5.5} height={5} fill="currentColor" stroke="none" />
      </svg>
    </button>
  );
}
