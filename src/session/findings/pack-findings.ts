/** Between what checks found and how it is stored. */
import type { RankingFindings } from '../../engine/protocol/channels';
import type { HealthFindings } from '../../engine/protocol/health';
import { CHANNEL_KINDS } from '../../explain/channels/health';
import { isMessage } from '../../messages/message';
import { type PackedNumber, packNumber } from '../../results/packed-results';
import { packTensor, unpackTensor } from '../../results/tensors/packed-tensor';
import type { SetMap } from '../set/set-maps';
import {
  KIND_LETTERS,
  type PackedHealth,
  type PackedMaps,
  type PackedRanking,
  type PackedSet
} from './packed-findings';

/** Maps that are packed together, and kept or left out together. */
const AT_ONCE = 16;

/** Nine digits are a float32, to the bit. */
const rounded = (value: number): PackedNumber => packNumber(Number(value.toPrecision(9)));

export const packHealth = ({ images, layers, problems }: HealthFindings): Omit<PackedHealth, 'model' | 'key'> => ({
  kind: 'health',
  images,
  layers: layers.map(({ layer, health }) => {
    if (isMessage(health)) {
      return { layer, problem: health };
    }
    const { positions, ends, kinds, twins, atEnds, isCompared } = health;
    return {
      layer,
      positions,
      rectifies: ends.rectifies,
      ends: [ends.low, ends.high],
      kinds: kinds.map(kind => KIND_LETTERS[CHANNEL_KINDS.indexOf(kind)]).join(''),
      twins: twins.map(({ channel, like, correlation }) => [channel, like, Number(correlation.toPrecision(9))]),
      atEnds,
      isCompared
    };
  }),
  problems
});

export const healthOf = ({ images, layers, problems }: PackedHealth): HealthFindings => ({
  images,
  problems,
  layers: layers.map(one => {
    if ('problem' in one) {
      return { layer: one.layer, health: one.problem };
    }
    const { layer, positions, rectifies, ends, kinds, twins, atEnds, isCompared } = one;
    return {
      layer,
      health: {
        channels: kinds.length,
        positions,
        ends: { rectifies, low: ends[0], high: ends[1] },
        kinds: [...kinds].map(letter => CHANNEL_KINDS[(KIND_LETTERS as readonly string[]).indexOf(letter)]),
        twins: twins.map(([channel, like, correlation]) => ({ channel, like, correlation })),
        atEnds,
        isCompared
      }
    };
  })
});

export const packRanking = ({ layer, by, score, scores }: RankingFindings): Omit<PackedRanking, 'model' | 'key'> => ({
  kind: 'ranking',
  layer,
  by,
  score: rounded(score),
  scores: Array.from(scores, rounded)
});

export const rankingOf = ({ layer, by, score, scores }: PackedRanking): RankingFindings => ({
  layer,
  by,
  score: Number(score),
  scores: Float64Array.from(scores, Number)
});

/** @param inputName - Names what the model is fed with an image. */
export async function packMaps(
  found: ReadonlyMap<number, SetMap>,
  inputName: (image: number) => string
): Promise<PackedMaps[]> {
  const alike = new Map<string, [number, SetMap][]>();
  for (const one of found) {
    const { height, width, place, input } = one[1];
    const key = JSON.stringify([height, width, place, input]);
    const group = alike.get(key) ?? [];
    alike.set(key, group);
    group.push(one);
  }
  const packed: PackedMaps[] = [];
  for (const group of alike.values()) {
    for (let first = 0; first < group.length; first += AT_ONCE) {
      const some = group.slice(first, first + AT_ONCE);
      const { height, width, place, input } = some[0][1];
      const data = new Float32Array(some.length * height * width);
      some.forEach(([, { values }], i) => data.set(values, i * height * width));
      packed.push({
        of: some.map(([image, { index }]) => [image, inputName(image), index]),
        place,
        input: [input.height, input.width],
        tensor: await packTensor({ shape: [some.length, height, width], data }, 'float16')
      });
    }
  }
  return packed;
}

/** The maps of those images that still are what they were. Rejects with a StoredError where they cannot be read. */
export async function mapsOf({ maps }: PackedSet, inputName: (image: number) => string): Promise<Map<number, SetMap>> {
  const found = new Map<number, SetMap>();
  for (const { of, place, input, tensor } of maps) {
    const { shape, data } = await unpackTensor(tensor);
    const [, height, width] = shape;
    of.forEach(([image, name, index], i) => {
      const values = data.slice(i * height * width, (i + 1) * height * width);
      if (name === inputName(image) && values.every(Number.isFinite)) {
        found.set(image, {
          values,
          height,
          width,
          place,
          index,
          input: { height: input[0], width: input[1] }
        });
      }
    });
  }
  return found;
}
