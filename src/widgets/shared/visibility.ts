type Listener = (isInSight: boolean) => void;

/** Watches which elements are in sight with one observer: a page of many views would be slow with one each. */
export class Visibility {
  /** Calls `listener` when an element comes into sight or leaves it, at first soon after the call. Returns what ends that. */
  watch(element: Element, listener: Listener): () => void {
    const known = this._listeners.get(element);
    if (known) {
      known.add(listener);
      // Observing anew makes the observer report again, to the newcomer too.
      this._observer.unobserve(element);
    } else {
      this._listeners.set(element, new Set([listener]));
    }
    this._observer.observe(element);
    return () => {
      const those = this._listeners.get(element);
      those?.delete(listener);
      if (those?.size === 0) {
        this._listeners.delete(element);
        this._observer.unobserve(element);
      }
    };
  }

  dispose(): void {
    this._observer.disconnect();
    this._listeners.clear();
  }

  private _listeners = new Map<Element, Set<Listener>>();
  private _observer = new IntersectionObserver(entries => {
    for (const { target, isIntersecting } of entries) {
      this._listeners.get(target)?.forEach(listener => listener(isIntersecting));
    }
  });
}
