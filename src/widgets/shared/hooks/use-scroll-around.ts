import * as React from 'react';

/**
 * Tells when what holds `anchor` scrolls: what is laid over the page beside
 * the anchor would stay behind, and cover what comes under it.
 *
 * @param onScroll - Gets whether the anchor is still in sight in what scrolled.
 */
export function useScrollAround(anchor: HTMLElement, onScroll: (isInSight: boolean) => void): void {
  React.useEffect(() => {
    const listener = ({ target }: Event): void => {
      // A field scrolls its own text too, while one types.
      if (target instanceof Node && target !== anchor && target.contains(anchor)) {
        const { top, bottom } = anchor.getBoundingClientRect();
        const around = (target instanceof Element ? target : document.documentElement).getBoundingClientRect();
        onScroll(bottom > Math.max(0, around.top) && top < Math.min(window.innerHeight, around.bottom));
      }
    };
    document.addEventListener('scroll', listener, true);
    return () => document.removeEventListener('scroll', listener, true);
  }, [anchor, onScroll]);
}
