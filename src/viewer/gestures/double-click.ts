import { FIT } from '../layout/viewport';
import { type Disposer, type GestureTarget, listen } from './target';

/** A double click shows the whole image again. */
export function doubleClickGesture(element: HTMLElement, target: GestureTarget): Disposer {
  return listen(element, 'dblclick', event => {
    if (target.locate(event.clientX, event.clientY)) {
      event.preventDefault();
      target.viewportChanged({ ...FIT });
    }
  });
}
