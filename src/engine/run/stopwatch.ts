/** Starts a clock; the function returned reads it, in milliseconds. */
export function stopwatch(): () => number {
  const start = performance.now();
  return () => performance.now() - start;
}
