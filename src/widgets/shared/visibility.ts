/** One observer for all that is drawn: a page of many views would be slow with one each. */

type Listener = (isInSight: boolean) => void;

const listeners = new Map<Element, Set<Listener>>();
let observer: IntersectionObserver | null = null;

/** Tells when an element comes into sight or leaves it, at first soon after the call. Returns what ends that. */
export function watchSight(element: Element, listener: Listener): () => void {
  observer ??= new IntersectionObserver(entries => {
    for (const { target, isIntersecting } of entries) {
      listeners.get(target)?.forEach(tell => tell(isIntersecting));
    }
  });
  const known = listeners.get(element);
  if (known) {
    known.add(listener);
    // Observing anew makes the observer report again, to the newcomer too.
    observer.unobserve(element);
  } else {
    listeners.set(element, new Set([listener]));
  }
  observer.observe(element);
  return () => {
    const those = listeners.get(element);
    those?.delete(listener);
    if (those?.size === 0) {
      listeners.delete(element);
      observer?.unobserve(element);
    }
  };
}
