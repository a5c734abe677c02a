/**
 * The weight of a channel in Grad-CAM, alpha in Selvaraju 2017: the mean of the score's gradient over the map, which
 * is the channel's part of the map over its activation, at any cell.
 *
 * @param parts - Of all channels, (channels, cells): alpha times activation.
 * @param activations - Of all channels, (channels, cells).
 * @returns 0 where the channel is 0 everywhere and adds nothing, whatever its weight.
 */
export function channelWeight(
  parts: ArrayLike<number>,
  activations: ArrayLike<number>,
  channel: number,
  cells: number
): number {
  // Where the activation is largest, rounding is least.
  let best = channel * cells;
  for (let at = best; at < (channel + 1) * cells; at++) {
    best = Math.abs(activations[at]) > Math.abs(activations[best]) ? at : best;
  }
  return activations[best] === 0 ? 0 : parts[best] / activations[best];
}
