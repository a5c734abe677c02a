/** Calls `then` once, when an element is nearly in sight. Returns what ends the wait. */
export function whenSeen(element: Element, then: () => void): () => void {
  const observer = new IntersectionObserver(
    entries => {
      if (entries.some(entry => entry.isIntersecting)) {
        observer.disconnect();
        then();
      }
    },
    // A little early, so that scrolling finds the view ready; a notebook scrolls inside the page.
    { rootMargin: '200px', scrollMargin: '200px' } as IntersectionObserverInit
  );
  observer.observe(element);
  return () => observer.disconnect();
}
