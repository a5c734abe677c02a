import * as React from 'react';
import { later } from '../shared/later';
import { useOpenStory } from './use-open-story';

const StoryPanel = later(async () => (await import('./story-panel')).StoryPanel);

/** Above a view: its story, where it has one or gets one. */
export function StoryPlace(): React.ReactElement | null {
  const [isOpen] = useOpenStory();
  return isOpen ? <StoryPanel /> : null;
}
