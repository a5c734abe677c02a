/** Checks the description of a model that was stored with its results. */
import { FAMILIES } from '../graph/classes/layer-class';
import type { ModelSummary } from '../graph/layer-info';
import { count, flag, list, number, object, oneOf, orNull, record, text } from './check';
import { isStoredMessage } from './packed-results';

const MOST_LAYERS = 20_000;

const shape = list(orNull(count), 8);
const ends = list(object({ name: text(), shape }), 100);
/** Names of other layers: of a concatenation many. */
const names = list(text(), 1000);

const isLayer = object(
  {
    id: text(),
    op: text(),
    family: oneOf(...FAMILIES),
    inputs: names,
    sees: names,
    outputShape: shape,
    parameters: number,
    nonTrainable: number,
    sharesWeights: flag,
    tokens: orNull(object({ height: count, width: count, classToken: orNull(count) })),
    spatial: flag,
    explainable: flag,
    seesRows: orNull(number),
    placeReaders: record(text(), 100),
    unsupported: orNull(isStoredMessage)
  },
  { hasMap: flag }
);

const isSummary = object({
  model: text(10_000),
  name: text(),
  format: text(),
  kerasVersion: orNull(text()),
  inputs: ends,
  outputs: ends,
  scalings: record(object({ layer: text(), reach: number }), 100),
  layers: list(isLayer, MOST_LAYERS),
  defaultLayer: orNull(text()),
  parameters: number,
  bytes: number,
  notices: list(isStoredMessage, 100),
  undeclared: list(text(), 1000)
});

export const isStoredSummary = (value: unknown): value is ModelSummary => isSummary(value);
