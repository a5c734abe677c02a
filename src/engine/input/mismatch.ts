/** A sentence for each way in which an input does not fit: what differs, and what makes it fit. */
import type { GraphInput } from '../../graph/model-graph';
import { type Message, message } from '../../messages/message';
import { isChannelsFirst } from './channels-first';

type Shape = readonly (number | string | null)[];

/** (n, 224, 224, 3) as Python writes it. */
export function spell(shape: Shape): string {
  return `(${shape.map((size, i) => (i === 0 && size === null ? 'n' : (size ?? 'any'))).join(', ')})`;
}

/** The reason that the model's input does not take values of a shape (with its batch axis). */
export function mismatch(given: readonly number[], wanted: GraphInput): Message {
  const takes = spell([null, ...wanted.shape.slice(1)]);
  const shapes = [spell(given), wanted.name, takes];
  const ranks = [given.length, wanted.shape.length].join();
  if (ranks === '4,5') {
    return noVolume(given, wanted);
  }
  if (ranks === '5,4') {
    return message(
      "The input is a volume, %1, but the model's input %2 takes pictures, %3. Give one of its slices, such as volume[0], or a list of them.",
      ...shapes
    );
  }
  if (ranks !== '4,4') {
    return given.length === wanted.shape.length
      ? message(
          "The input has shape %1, but the model's input %2 takes %3. Give a tensor of that shape, or a list of them.",
          ...shapes
        )
      : message(
          "The input has shape %1, with %4 axes, but the model's input %2 takes %3, with %5. Give a tensor of that shape, or a list of them.",
          ...shapes,
          given.length,
          wanted.shape.length
        );
  }
  return ofPictures(given, wanted, shapes);
}

/** A picture where the model takes volumes: most often one volume that was taken for a batch of its slices. */
export const noVolume = (given: Shape, wanted: GraphInput): Message =>
  message(
    "The model's input %1 takes volumes or videos, %2, and this is a picture, %3. Give volumes with an axis before them, as numpy.expand_dims(volume, 0).",
    wanted.name,
    spell([null, ...wanted.shape.slice(1)]),
    spell(given)
  );

/** Channels before size: a gray picture of another size must hear of both. */
function ofPictures(given: readonly number[], { shape: wanted }: GraphInput, shapes: readonly string[]): Message {
  const isFirst = isChannelsFirst(wanted);
  const axis = isFirst ? 1 : 3;
  const [has, needs] = [given[axis], wanted[axis]];
  if (needs === null || has === needs) {
    return message(
      "The input has shape %1, but the model's input %2 takes %3. Resize it, or give the picture itself instead of a tensor.",
      ...shapes
    );
  }
  const other = isFirst ? 3 : 1;
  if (given[other] === needs) {
    return message(
      "The input has its channels on another axis, %1, than the model's input %2, which takes %3. Give numpy.moveaxis(x, %4, %5).",
      ...shapes,
      isFirst ? -1 : 1,
      isFirst ? 1 : -1
    );
  }
  const last = isFirst ? 1 : -1;
  if (has === 1) {
    return message(
      "The input is gray, %1, but the model's input %2 takes %4 channels, %3. Give numpy.repeat(x, %4, axis=%5), or the picture itself instead of a tensor.",
      ...shapes,
      needs,
      last
    );
  }
  return needs === 1
    ? message(
        "The input has %4 channels, %1, but the model's input %2 takes gray pictures, %3. Give x.mean(axis=%5, keepdims=True), or the picture itself instead of a tensor.",
        ...shapes,
        has,
        last
      )
    : message("The input has %4 channels, %1, but the model's input %2 takes %5, %3.", ...shapes, has, needs);
}
