import * as React from 'react';
import { useTrans } from '../shared/context';
import { useOpenStory } from './use-open-story';

/** Opens the place where a view's story is recorded and told. */
export function StoryButton(): React.ReactElement {
  const trans = useTrans();
  const [isOpen, setOpen] = useOpenStory();
  const label = trans.__('Story and presentation');
  return (
    <button
      type="button"
      className="jp-GradLens-button jp-GradLens-icon jp-GradLens-storyButton"
      aria-pressed={isOpen}
      aria-label={label}
      title={label}
      onClick={() => setOpen(!isOpen)}
    >
      <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true" stroke="currentColor" strokeWidth="1.5">
        <path d="M1 2.5h14M2.5 2.5v7.5h11V2.5M8 10v1.5M8 11.5l-3 3M8 11.5l3 3M6.5 4.5l3.5 1.8-3.5 1.8z" fill="none" />
      </svg>
    </button>
  );
}
