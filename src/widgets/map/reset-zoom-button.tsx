import * as React from 'react';
import { DEFAULT_STATE } from '../../state/vocabulary';
import { useTrans } from '../shared/context';
import { useSession, useViewProperty } from '../shared/view-context';

/** Shows all of the map again. */
export function ResetZoomButton(): React.ReactElement {
  const session = useSession();
  const trans = useTrans();
  const { zoom } = useViewProperty('viewport');
  const label = trans.__('Reset zoom');
  return (
    <button
      type="button"
      className="jp-GradLens-button jp-GradLens-icon"
      aria-label={label}
      title={label}
      disabled={zoom === 1}
      onClick={() => session.update({ viewport: DEFAULT_STATE.viewport })}
    >
      <svg
        viewBox="0 0 16 16"
        width="14"
        height="14"
        aria-hidden="true"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
      >
        <path d="M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4" />
      </svg>
    </button>
  );
}
