import * as React from 'react';
import { listen } from '../../../viewer/gestures/target';

/** True while a plain letter key is held down on an element that has the focus. */
export function useHeldKey(ref: React.RefObject<HTMLElement | null>, letter: string): boolean {
  const [isHeld, setHeld] = React.useState(false);
  React.useEffect(() => {
    const element = ref.current;
    if (!element) {
      return;
    }
    const release = (): void => setHeld(false);
    const stops = [
      listen(element, 'keydown', event => {
        if (event.key.toLowerCase() === letter && !event.ctrlKey && !event.metaKey && !event.altKey) {
          event.preventDefault();
          event.stopPropagation();
          setHeld(true);
        }
      }),
      listen(element, 'keyup', event => event.key.toLowerCase() === letter && release()),
      // The key may be let go of elsewhere.
      listen(element, 'blur', release)
    ];
    return () => stops.forEach(stop => stop());
  }, [ref, letter]);
  return isHeld;
}
