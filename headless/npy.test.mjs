import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeNpy, encodeNpy, NpyError } from './npy.mjs';

/** A file byte for byte as `numpy.save` writes it (numpy 2.4), header given. */
function file(header, values, { version = 1, newline = true } = {}) {
  const text = header + (newline ? '\n' : '');
  const bytes = [0x93, ...Buffer.from('NUMPY'), version, 0];
  const length = Buffer.alloc(version === 1 ? 2 : 4);
  if (version === 1) {
    length.writeUInt16LE(text.length);
  } else {
    length.writeUInt32LE(text.length);
  }
  return new Uint8Array(Buffer.concat([Buffer.from(bytes), length, Buffer.from(text), Buffer.from(values)]));
}

const header = (descr, shape, fortran = 'False') =>
  `{'descr': '${descr}', 'fortran_order': ${fortran}, 'shape': ${shape}, }`;

test('reads float32, float64 and uint8', () => {
  const float32 = Buffer.from(new Float32Array([1.5, -2, 3, 4, 5, 6.25]).buffer);
  assert.deepEqual(decodeNpy(file(header('<f4', '(2, 3)'), float32), 'x'), {
    shape: [2, 3],
    data: new Float32Array([1.5, -2, 3, 4, 5, 6.25])
  });
  const float64 = Buffer.from(new Float64Array([0.1, 2]).buffer);
  assert.deepEqual(
    decodeNpy(file(header('<f8', '(2,)'), float64, { version: 2 }), 'x').data,
    new Float32Array([0.1, 2])
  );
  assert.deepEqual(decodeNpy(file(header('|u1', '(1, 1, 3)'), [0, 128, 255]), 'x'), {
    shape: [1, 1, 3],
    data: new Float32Array([0, 128, 255])
  });
});

test('reads a Buffer, which may begin anywhere in its memory', () => {
  const values = Buffer.from(new Float32Array([1, 2]).buffer);
  const bytes = Buffer.concat([Buffer.alloc(3), file(header('<f4', '(2,)'), values)]).subarray(3);
  assert.deepEqual(decodeNpy(bytes, 'x').data, new Float32Array([1, 2]));
});

test('reads big-endian values and scalars', () => {
  const value = Buffer.alloc(4);
  value.writeFloatBE(7.5);
  assert.deepEqual(decodeNpy(file(header('>f4', '()'), value), 'x'), { shape: [], data: new Float32Array([7.5]) });
});

test('says in one sentence what is wrong', () => {
  /** @type {[Uint8Array, RegExp][]} */
  const problems = [
    [new Uint8Array(Buffer.from('hello, world')), /x is not a \.npy file/],
    [new Uint8Array(0), /x is not a \.npy file/],
    [file(header('<f4', '(2, 3)', 'True'), Buffer.alloc(24)), /Fortran order/],
    [file(header('<i8', '(1,)'), Buffer.alloc(8)), /type <i8/],
    [file(header('<f4', '(2, 3)'), Buffer.alloc(20)), /takes 6 values, but holds 5/],
    [file("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }", Buffer.alloc(4)), /holds records/],
    [file(header('<f4', '(1,)'), Buffer.alloc(4)).subarray(0, 20), /ends inside its header/],
    [file(header('<f4', '(1,)'), Buffer.alloc(4), { version: 9 }), /version 9/],
    [file('nonsense', Buffer.alloc(4)), /header that cannot be read/]
  ];
  for (const [bytes, message] of problems) {
    assert.throws(
      () => decodeNpy(bytes, 'x'),
      error => error instanceof NpyError && message.test(error.message)
    );
  }
});

test('a single axis in Fortran order is the same in C order', () => {
  const values = Buffer.from(new Float32Array([1, 2, 3]).buffer);
  assert.deepEqual(decodeNpy(file(header('<f4', '(1, 3)', 'True'), values), 'x').data, new Float32Array([1, 2, 3]));
});

test('writes the bytes that numpy.save writes', () => {
  const bytes = encodeNpy([2, 2], new Float32Array([1, 2, 3, 4]));
  // numpy.save(f, numpy.array([[1, 2], [3, 4]], "float32")): 128 bytes of header, then the values.
  assert.equal(bytes.length, 144);
  assert.equal(
    Buffer.from(bytes.subarray(0, 128)).toString('latin1'),
    '\x93NUMPY\x01\x00v\x00' + "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }".padEnd(117) + '\n'
  );
  assert.deepEqual([...new Float32Array(bytes.slice(128).buffer)], [1, 2, 3, 4]);
  assert.match(Buffer.from(encodeNpy([3], new Float32Array(3))).toString('latin1'), /'shape': \(3,\), \}/);
});

test('a subarray is written without its neighbours', () => {
  const bytes = encodeNpy([1], new Float32Array([1, 2, 3]).subarray(1, 2));
  assert.deepEqual(decodeNpy(bytes, 'x'), { shape: [1], data: new Float32Array([2]) });
});
