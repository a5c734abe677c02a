/** What is said of a layer's channels: the evidence, what is usually done about it, and when that does not hold. */
import { type Message, message } from '../../messages/message';
import type { JudgedLayer } from './judged-layers';

/** Below so many images, what never happens on them may well happen on others. */
const FEW_IMAGES = 20;

/** Evidence, remedy and reservation. */
type Advice = Message[];

/** A paragraph for each kind of which there are channels, or one that says that there are none. */
export function adviceOf(judged: JudgedLayer, images: number): Advice[] {
  const { counts } = judged;
  const said = [
    ...(counts.dead > 0 ? [dead(judged, images)] : []),
    ...(counts.constant > 0 ? [constant(judged, images)] : []),
    ...(counts.saturated > 0 ? [saturated(judged, images)] : []),
    ...(counts.duplicate > 0 ? [duplicate(judged, images)] : [])
  ];
  const compared = judged.isCompared ? [] : [[notCompared(judged)]];
  return [...(said.length > 0 ? said : [[healthy(judged, images)]]), ...compared];
}

const dead = ({ layer, counts, channels }: JudgedLayer, images: number): Advice => [
  message('%1 of %2 channels of %3 are dead: 0 everywhere on all images (%4).', counts.dead, channels, layer, images),
  message(
    'Usual remedies: train again with a smaller learning rate or a leaky activation (Maas et al. 2013), or with fewer filters; dead filters can be cut without a loss.'
  ),
  fewImages(
    images,
    message(
      'That does not hold where other images wake them: a filter for wheels is silent on pictures without wheels.'
    )
  )
];

const constant = ({ layer, counts, channels }: JudgedLayer, images: number): Advice => [
  message(
    '%1 of %2 channels of %3 are constant: one value everywhere on all images (%4).',
    counts.constant,
    channels,
    layer,
    images
  ),
  message(
    'They give the next layer no more than a bias. Usual remedies: fewer filters, or less weight decay where it has driven the weights to 0.'
  ),
  fewImages(
    images,
    message(
      'That does not hold where the images are alike in what the channel looks for, or where it was pruned on purpose.'
    )
  )
];

const saturated = ({ layer, counts, channels, ends }: JudgedLayer, images: number): Advice => [
  message(
    '%1 of %2 channels of %3 are saturated: at least 95 %% of their values on all images (%4) lie at an end of the activation, where its gradient is (nearly) 0.',
    counts.saturated,
    channels,
    layer,
    images
  ),
  ends.rectifies
    ? message(
        'Usual remedies: a smaller learning rate, normalisation before the activation, or a ReLU without a bound.'
      )
    : message(
        'Usual remedies: a smaller learning rate, smaller initial weights, normalisation before the activation, or a ReLU in its place (Glorot and Bengio 2010).'
      ),
  fewImages(
    images,
    message(
      'That does not hold for gates, as in squeeze-and-excitation, which are to be open or shut, nor if you do not train on.'
    )
  )
];

const duplicate = ({ layer, counts, channels }: JudgedLayer, images: number): Advice => [
  message(
    '%1 of %2 channels of %3 are near-duplicates: over all images (%4), their maps correlate to 0.99 or more with that of a channel before them.',
    counts.duplicate,
    channels,
    layer,
    images
  ),
  message(
    'Usual remedies: fewer filters, or dropout, which makes features depend less on each other (Srivastava et al. 2014). To cut one, add its weights in the next layer, scaled, to those of its twin.'
  ),
  fewImages(
    images,
    message(
      'That does not hold where these images do not tell the two apart: smooth or similar pictures make many filters of a first layer look alike.'
    )
  )
];

const healthy = ({ layer, channels }: JudgedLayer, images: number): Message =>
  message(
    'None of the %1 channels of %2 is dead, constant, saturated or a near-duplicate on all images (%3). That does not say that the model needs them all: rank them by effect.',
    channels,
    layer,
    images
  );

const notCompared = ({ layer, positions }: JudgedLayer): Message =>
  message(
    'Channels of %1 are not compared with each other: %2 values of each are too few for that (it takes 32).',
    layer,
    positions
  );

/** The reservation, the stronger the fewer images there are. */
const fewImages = (images: number, otherwise: Message): Message =>
  images < FEW_IMAGES
    ? message(
        '%1 Here that weighs heavily: there are few images (%2). Check over more, and more varied, ones first.',
        otherwise,
        images
      )
    : otherwise;

/** The whole model in one sentence. */
export function overall(judged: readonly JudgedLayer[], images: number): Message {
  const sum = (kind: keyof JudgedLayer['counts']): number => judged.reduce((all, { counts }) => all + counts[kind], 0);
  const channels = judged.reduce((all, one) => all + one.channels, 0);
  return message(
    'Of %1 channels in %2 layers, over all images (%3): %4 dead, %5 constant, %6 saturated, %7 near-duplicates.',
    channels,
    judged.length,
    images,
    sum('dead'),
    sum('constant'),
    sum('saturated'),
    sum('duplicate')
  );
}
