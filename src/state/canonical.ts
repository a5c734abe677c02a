/**
 * JSON of a value with the keys of its objects in order: the same for values that say the same. A notebook's file has
 * them in order, whatever order they were written in, so that what was read back is compared by this.
 */
export const canonical = (value: unknown): string | undefined =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part
  );
