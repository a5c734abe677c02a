const KEY = 'gradlens:tour-seen';

/** Whether this browser has shown the tour to its end, or to where it was left. */
export function isTourSeen(): boolean {
  try {
    return window.localStorage.getItem(KEY) !== null;
  } catch {
    return false; // a browser that stores nothing
  }
}

export function rememberTour(): void {
  try {
    window.localStorage.setItem(KEY, 'true');
  } catch {
    // It is only not remembered.
  }
}
