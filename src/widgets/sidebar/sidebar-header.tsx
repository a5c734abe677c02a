import * as React from 'react';
import { viewNames } from '../../session/view-name';
import type { ViewHandle } from '../../session/view-tracker';
import type { ViewState } from '../../state/view-state';
import { useServices, useSignal, useTrans } from '../shared/context';

/** Names the view in use, chooses another, and keeps it. */
export function SidebarHeader(): React.ReactElement {
  const { tracker } = useServices();
  const trans = useTrans();
  const current = useSignal(tracker.changed, () => tracker.current);
  const isPinned = useSignal(tracker.changed, () => tracker.isPinned);
  const views = useSignal(tracker.changed, () => tracker.views);
  const names = useNames(views);
  if (!current) {
    return <div className="jp-GradLens-sidebarHeader">GradLens</div>;
  }
  return (
    <div className="jp-GradLens-sidebarHeader">
      <select
        className="jp-GradLens-input"
        aria-label={trans.__('View in use')}
        title={names[views.indexOf(current)]}
        value={current.key}
        onChange={event => {
          const chosen = views.find(view => view.key === event.target.value);
          if (chosen) {
            tracker.pin(false);
            tracker.use(chosen);
            chosen.reveal();
          }
        }}
      >
        {views.map((view, i) => (
          <option key={view.key} value={view.key}>
            {names[i]}
          </option>
        ))}
      </select>
      <button
        type="button"
        className="jp-GradLens-iconButton"
        aria-pressed={isPinned}
        title={isPinned ? trans.__('Follow the view last used') : trans.__('Keep this view, whatever is used')}
        aria-label={trans.__('Keep this view')}
        onClick={() => tracker.pin(!isPinned)}
      >
        <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
          <path
            d="M6 1h4l-.6 5L12 8.5V10H8.6v5h-1.2v-5H4V8.5L6.6 6z"
            fill={isPinned ? 'currentColor' : 'none'}
            stroke="currentColor"
            strokeWidth="1.2"
            strokeLinejoin="round"
          />
        </svg>
      </button>
    </div>
  );
}

/** The names of views, live: another image has another name, a cell has its number when it has run, a notebook is renamed. */
function useNames(views: readonly ViewHandle[]): readonly string[] {
  const trans = useTrans();
  const { notebooks } = useServices();
  const subscribe = React.useCallback(
    (listener: () => void) => {
      // The cursor moves often, and names nothing.
      const onState = (_: unknown, changed: readonly (keyof ViewState)[]): void => {
        if (changed.includes('image') || changed.includes('layer')) {
          listener();
        }
      };
      views.forEach(({ session, controller }) => {
        session.changed.connect(onState);
        controller?.changed.connect(listener);
      });
      notebooks.renamed.connect(listener);
      return () => {
        notebooks.renamed.disconnect(listener);
        views.forEach(({ session, controller }) => {
          session.changed.disconnect(onState);
          controller?.changed.disconnect(listener);
        });
      };
    },
    [views, notebooks]
  );
  const read = (): string => JSON.stringify(viewNames(views, trans));
  const names = React.useSyncExternalStore(subscribe, read);
  return React.useMemo(() => JSON.parse(names) as string[], [names]);
}
