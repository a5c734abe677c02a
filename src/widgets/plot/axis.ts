import { niceTicks } from '../../viewer/values/numbers';

/** About how many steps an axis has. */
const STEPS = 4;

/**
 * Round numbers, evenly apart, of which the first and the last enclose all values: what an axis is labelled with.
 * Zero is among them where values of one sign come near it, and where they are all alike.
 *
 * @param low - The least value; not over `high`.
 */
export function axisTicks(low: number, high: number): number[] {
  const isNear = low === high || Math.min(Math.abs(low), Math.abs(high)) < (high - low) / 2;
  const [from, to] = isNear ? [Math.min(low, 0), Math.max(high, 0)] : [low, high];
  if (from === to) {
    return [0, 1];
  }
  const inside = niceTicks(from, to, STEPS);
  if (inside.length < 2) {
    return [from, to];
  }
  const step = inside[1] - inside[0];
  const slack = step * 1e-9;
  const last = inside[inside.length - 1];
  return [
    ...(from < inside[0] - slack ? [inside[0] - step] : []),
    ...inside,
    ...(to > last + slack ? [last + step] : [])
  ].map(tick => Number(tick.toPrecision(12)));
}

/** Every so many ticks have a number, both ends among them, so that no number touches the next. */
export function labelledEvery(count: number, length: number, line: number): number {
  const steps = count - 1;
  for (let every = 1; every < steps; every++) {
    if (steps % every === 0 && (length / steps) * every >= line) {
      return every;
    }
  }
  return Math.max(steps, 1);
}
