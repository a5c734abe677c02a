import { OpenStories } from '../../session/story/open-stories';
import { usePage, useSignal } from '../shared/context';
import { useView } from '../shared/view-context';

/** Whether the view's story is shown, and what shows or hides it. */
export function useOpenStory(): [isOpen: boolean, set: (isOpen: boolean) => void] {
  const { session, controller, keeper } = useView();
  const open = usePage(OpenStories);
  const isOpen = useSignal(open.changed, () =>
    open.isOpen(session, (keeper?.story ?? controller?.payload.story) !== undefined)
  );
  return [isOpen, value => open.set(session, value)];
}
