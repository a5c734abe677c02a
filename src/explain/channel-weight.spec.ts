import { expect, it } from 'vitest';
import { channelWeight } from './channel-weight';
import { contributions } from './contributions';

it('is the mean of the gradient, as Grad-CAM defines it', () => {
  const size = { height: 2, width: 2, channels: 3 };
  const activation = Float32Array.from([1, 0, 2, 0, 0, 3, 5, 0, -7, 4, 0, 1]);
  const gradient = Float32Array.from([0.5, 1, -2, 1.5, 1, 0, 0, 1, 1, 2, 1, -1]);
  const parts = contributions('grad-cam', activation, gradient, size);
  const planes = [0, 1, 2].flatMap(channel => [0, 1, 2, 3].map(cell => activation[cell * 3 + channel]));
  const weights = [0, 1, 2].map(channel => channelWeight(parts, planes, channel, 4));
  // Means of (0.5, 1.5, 0, 2) and (-2, 0, 1, -1); channel 1 is 0 everywhere.
  expect(weights).toEqual([1, 0, -0.5]);
});
