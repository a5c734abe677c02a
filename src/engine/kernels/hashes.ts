/**
 * Hashes of whole numbers as TensorFlow has them: `string_to_hash_bucket_fast` is FarmHash's Fingerprint64,
 * `string_to_hash_bucket_strong` SipHash-2-4 (Aumasson and Bernstein 2012) of the number's digits, and
 * `sparse_cross_hashed` FingerprintCat64 of the numbers themselves. Numbers of 64 bits, without sign.
 */

const wrap = (x: bigint): bigint => BigInt.asUintN(64, x);
const rotateRight = (x: bigint, by: bigint): bigint => wrap((x >> by) | (x << (64n - by)));
const rotateLeft = (x: bigint, by: bigint): bigint => rotateRight(x, 64n - by);
const mixed = (x: bigint): bigint => x ^ (x >> 47n);

/** Primes between 2^63 and 2^64: FarmHash's k0 and k2. */
const K0 = 0xc3a5c85c97cb3127n;
const K2 = 0x9ae16a3b2f90404fn;

/** The whole number that `count` bytes from `from` spell, the lowest first. */
function read(bytes: Uint8Array, from: number, count: number): bigint {
  let value = 0n;
  for (let i = count - 1; i >= 0; i--) {
    value = (value << 8n) | BigInt(bytes[from + i]);
  }
  return value;
}

function joined(u: bigint, v: bigint, factor: bigint): bigint {
  const a = mixed(wrap((u ^ v) * factor));
  return wrap(mixed(wrap((v ^ a) * factor)) * factor);
}

/** Fingerprint64 of 1 to 16 bytes: the digits of numbers that float32 keeps are nine at most. */
function fingerprint(bytes: Uint8Array): bigint {
  const length = BigInt(bytes.length);
  const factor = K2 + length * 2n;
  if (bytes.length >= 8) {
    const a = wrap(read(bytes, 0, 8) + K2);
    const b = read(bytes, bytes.length - 8, 8);
    const c = wrap(rotateRight(b, 37n) * factor + a);
    return joined(c, wrap((rotateRight(a, 25n) + b) * factor), factor);
  }
  if (bytes.length >= 4) {
    return joined(wrap(length + (read(bytes, 0, 4) << 3n)), read(bytes, bytes.length - 4, 4), factor);
  }
  const [first, middle, last] = [0, bytes.length >> 1, bytes.length - 1].map(at => BigInt(bytes[at]));
  const [y, z] = [first + (middle << 8n), length + (last << 2n)];
  return wrap(mixed(wrap(y * K2) ^ wrap(z * K0)) * K2);
}

/** SipHash-2-4 with a key of two numbers. */
function sipHash(bytes: Uint8Array, [k0, k1]: readonly [bigint, bigint]): bigint {
  let [a, b, c, d] = [
    k0 ^ 0x736f6d6570736575n,
    k1 ^ 0x646f72616e646f6dn,
    k0 ^ 0x6c7967656e657261n,
    k1 ^ 0x7465646279746573n
  ];
  const rounds = (count: number): void => {
    for (let round = 0; round < count; round++) {
      a = wrap(a + b);
      b = rotateLeft(b, 13n) ^ a;
      a = rotateLeft(a, 32n);
      c = wrap(c + d);
      d = rotateLeft(d, 16n) ^ c;
      a = wrap(a + d);
      d = rotateLeft(d, 21n) ^ a;
      c = wrap(c + b);
      b = rotateLeft(b, 17n) ^ c;
      c = rotateLeft(c, 32n);
    }
  };
  for (let from = 0; from <= bytes.length; from += 8) {
    const left = bytes.length - from;
    const word = left >= 8 ? read(bytes, from, 8) : read(bytes, from, left) | (BigInt(bytes.length & 255) << 56n);
    d ^= word;
    rounds(2);
    a ^= word;
  }
  c ^= 255n;
  rounds(4);
  return a ^ b ^ c ^ d;
}

const digits = (value: number): Uint8Array => new TextEncoder().encode(BigInt(Math.trunc(value)).toString());

/** The bin of a whole number by its digits; with a key of two whole numbers, by the strong hash. */
export function binOf(value: number, bins: number, key: readonly number[] | null): number {
  const bytes = digits(value);
  const hash = key ? sipHash(bytes, [wrap(BigInt(key[0])), wrap(BigInt(key[1]))]) : fingerprint(bytes);
  return Number(hash % BigInt(bins));
}

/** What `sparse_cross_hashed` begins with. */
const CROSS_KEY = 0xdecafcaffen;
const CROSS_FACTOR = 0xc6a4a7935bd1e995n;

/** The bin of several whole numbers together, in their order. */
export function crossedBinOf(values: readonly number[], bins: number): number {
  const hash = values.reduce((before, value) => {
    const own = wrap(BigInt(Math.trunc(value)));
    const both = wrap((before ^ CROSS_FACTOR ^ wrap(mixed(wrap(own * CROSS_FACTOR)) * CROSS_FACTOR)) * CROSS_FACTOR);
    return mixed(wrap(mixed(both) * CROSS_FACTOR));
  }, CROSS_KEY);
  return Number(hash % BigInt(bins));
}
