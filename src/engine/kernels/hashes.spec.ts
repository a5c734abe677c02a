import { describe, expect, it } from 'vitest';
import { binOf, crossedBinOf } from './hashes';

/** Of one to nine characters, so that each way to read them is gone. */
const VALUES = [0, 7, -7, 123, -2048, 99999, 1234567, 12345678, -12345678, 16777216];
const BINS = 1_000_003;

// The numbers are TensorFlow 2.21's: tf.strings.to_hash_bucket_fast and _strong of tf.as_string, tf.sparse.cross_hashed.
describe('hashes of whole numbers', () => {
  it('are FarmHash fingerprints of their digits', () => {
    expect(VALUES.map(value => binOf(value, BINS, null))).toEqual([
      537292, 929154, 985360, 501751, 677235, 860030, 22860, 470335, 763783, 492606
    ]);
  });

  it('are SipHash-2-4 with a key', () => {
    expect(VALUES.map(value => binOf(value, BINS, [133, 137]))).toEqual([
      876599, 259924, 436702, 37539, 489001, 905873, 456820, 100339, 285291, 195730
    ]);
  });

  it('cross two numbers and three', () => {
    const other = [...VALUES].reverse();
    expect(VALUES.map((value, i) => crossedBinOf([value, other[i]], BINS))).toEqual([
      931216, 355196, 693049, 656651, 867624, 660372, 56007, 410500, 186974, 629677
    ]);
    expect(VALUES.map((value, i) => crossedBinOf([value, other[i], 3], BINS))).toEqual([
      573041, 827386, 637759, 89935, 916148, 172933, 627134, 277223, 505858, 688873
    ]);
  });
});
