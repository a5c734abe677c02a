/** The place that a key goes to in a gallery of `count` images; null for keys that go nowhere. */
export function imageAfter(key: string, at: number, count: number, columns: number, rows: number): number | null {
  const steps: Record<string, number> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -columns,
    ArrowDown: columns,
    PageUp: -columns * rows,
    PageDown: columns * rows
  };
  if (key === 'Home') {
    return 0;
  }
  if (key === 'End') {
    return count - 1;
  }
  if (!(key in steps)) {
    return null;
  }
  const next = at + steps[key];
  if (key.startsWith('Page')) {
    return Math.max(0, Math.min(count - 1, next));
  }
  // From above a last row that is not full, down goes to its end.
  const isShort = key === 'ArrowDown' && next >= count && Math.floor(at / columns) < Math.floor((count - 1) / columns);
  return isShort ? count - 1 : next < 0 || next >= count ? at : next;
}

/** The place that a key goes to from an image that is not in the gallery: its first, for every key that goes anywhere, and for those that press. */
export const entryBy = (key: string): number | null =>
  /^(Arrow(Left|Right|Up|Down)|Page(Up|Down)|Home|End|Enter| )$/.test(key) ? 0 : null;
