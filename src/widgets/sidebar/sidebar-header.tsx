import * as React from 'react';
import { useServices, useSignal, useTrans } from '../shared/context';

/** Names the view in use, chooses another, and keeps it. */
export function SidebarHeader(): React.ReactElement {
  const { tracker } = useServices();
  const trans = useTrans();
  const current = useSignal(tracker.changed, () => tracker.current);
  const isPinned = useSignal(tracker.changed, () => tracker.isPinned);
  const views = useSignal(tracker.changed, () => tracker.views);
  if (!current) {
    return <div className="jp-GradLens-sidebarHeader">GradLens</div>;
  }
  const names = new Map<string, number>();
  const options = views.map(view => {
    const count = (names.get(view.title) ?? 0) + 1;
    names.set(view.title, count);
    return { view, label: count > 1 ? `${view.title} (${count})` : view.title };
  });
  return (
    <div className="jp-GradLens-sidebarHeader">
      <select
        className="jp-GradLens-input"
        aria-label={trans.__('View in use')}
        value={current.id}
        onChange={event => {
          const chosen = views.find(view => view.id === event.target.value);
          if (chosen) {
            tracker.pin(false);
            tracker.use(chosen);
            chosen.reveal();
          }
        }}
      >
        {options.map(({ view, label }) => (
          <option key={view.id} value={view.id}>
            {label}
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
