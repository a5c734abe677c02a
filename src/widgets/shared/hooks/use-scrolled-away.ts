import * as React from 'react';

/**
 * Tells when what holds `anchor` scrolls: what is laid over the page beside
 * the anchor would stay behind, and cover what comes under it.
 */
export function useScrolledAway(anchor: HTMLElement, onScrolled: () => void): void {
  React.useEffect(() => {
    const onScroll = ({ target }: Event): void => {
      // A field scrolls its own text too, while one types.
      if (target instanceof Node && target !== anchor && target.contains(anchor)) {
        onScrolled();
      }
    };
    document.addEventListener('scroll', onScroll, true);
    return () => document.removeEventListener('scroll', onScroll, true);
  }, [anchor, onScrolled]);
}
