/** Channels-first inputs have their 1 or 3 channels before the image axes. */
export function isChannelsFirst(shape: readonly (number | null)[]): boolean {
  const few = (size: number | null) => size === 1 || size === 3;
  const last = shape[shape.length - 1];
  return few(shape[1]) && !few(last) && last !== null;
}
