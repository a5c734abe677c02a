import { translated } from '../../../messages/message';
import type { ViewState } from '../../../state/view-state';
import { useTrans } from '../context';
import { useView } from '../view-context';

/** Says why the view cannot change to this, in the user's language; undefined if it can. Without its model it can only show what was kept. */
export function useRefusal(): (changes: Partial<ViewState>) => string | undefined {
  const { controller } = useView();
  const trans = useTrans();
  return changes => {
    const reason = controller?.refusal(changes);
    return reason ? translated(reason, trans) : undefined;
  };
}
