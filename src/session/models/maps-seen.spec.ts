import { expect, it } from 'vitest';
import { fakeModelView } from '../../widgets/testing/fake-model';
import { mapsSeenOf } from './maps-seen';

async function seen() {
  const { controller } = fakeModelView();
  await controller.start();
  return { maps: mapsSeenOf(controller), explained: controller.snapshot.explained! };
}

it('the maps of several models are one row of values, those of another question begin anew', async () => {
  const { maps, explained } = await seen();
  maps.with(explained, 'a', Float32Array.of(1, 2));
  expect([...maps.with(explained, 'b', Float32Array.of(3)).data]).toEqual([1, 2, 3]);
  expect([...maps.with(explained, 'a', Float32Array.of(4, 5)).data]).toEqual([3, 4, 5]);
  expect(maps.count).toBe(2);
  expect([...maps.with({ ...explained, layer: 'conv1' }, 'a', Float32Array.of(6)).data]).toEqual([6]);
});

it('another slice of a volume has the same range: its values are all slices, and stay one object', async () => {
  const { maps, explained } = await seen();
  const slices = Float32Array.of(1, 2, 3, 4);
  maps.with(explained, 'a', Float32Array.of(9));
  const first = maps.with(explained, 'b', slices);
  expect(maps.with(explained, 'b', slices)).toBe(first);
  expect(maps.with(explained, 'b', slices.subarray(0, 4))).toBe(first);
  expect(maps.with(explained, 'b', slices.slice())).not.toBe(first);
});
