/**
 * The .npy format (NumPy enhancement proposal 1), versions 1 to 3: what arrays
 * come in and go out as. Values become float32.
 */

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]; // \x93NUMPY

const READERS = {
  '<f4': { size: 4, read: (view, at) => view.getFloat32(at, true) },
  '>f4': { size: 4, read: (view, at) => view.getFloat32(at, false) },
  '<f8': { size: 8, read: (view, at) => view.getFloat64(at, true) },
  '>f8': { size: 8, read: (view, at) => view.getFloat64(at, false) },
  '|u1': { size: 1, read: (view, at) => view.getUint8(at) }
};

/** One readable sentence about a file that cannot be used. */
export class NpyError extends Error {
  name = 'NpyError';
}

/**
 * Decodes a .npy file.
 *
 * @param {Uint8Array} bytes the file
 * @param {string} name the file's name, for messages
 * @returns {{ shape: number[], data: Float32Array }} values in C order
 * @throws {NpyError} when it is not a .npy of float32, float64 or uint8 in C order
 */
export function decodeNpy(bytes, name) {
  if (bytes.length < 10 || MAGIC.some((byte, index) => bytes[index] !== byte)) {
    throw new NpyError(`${name} is not a .npy file: write it with numpy.save.`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = bytes[6];
  if (version < 1 || version > 3) {
    throw new NpyError(`${name} is a .npy file of version ${version}, but only 1 to 3 are known.`);
  }
  const headerAt = version === 1 ? 10 : 12;
  const headerLength = version === 1 ? view.getUint16(8, true) : bytes.length < 12 ? 0 : view.getUint32(8, true);
  const dataAt = headerAt + headerLength;
  if (dataAt > bytes.length) {
    throw new NpyError(`${name} ends inside its header: the file is cut short.`);
  }
  const { descr, fortran, shape } = parseHeader(Buffer.from(bytes.subarray(headerAt, dataAt)).toString('utf8'), name);
  const reader = READERS[descr];
  if (!reader) {
    throw new NpyError(
      `${name} holds values of type ${descr}: give float32, float64 or uint8 (array.astype("float32")).`
    );
  }
  // An array of one axis is stored in both orders at once.
  if (fortran && shape.filter(size => size > 1).length > 1) {
    throw new NpyError(`${name} is in Fortran order: save numpy.ascontiguousarray(array) instead.`);
  }
  const count = shape.reduce((product, size) => product * size, 1);
  const have = (bytes.length - dataAt) / reader.size;
  if (have < count) {
    throw new NpyError(
      `${name} has shape (${shape.join(', ')}), which takes ${count} values, but holds ${Math.floor(have)}: the file is cut short.`
    );
  }
  return { shape, data: readValues(bytes, view, dataAt, count, descr, reader) };
}

function readValues(bytes, view, dataAt, count, descr, reader) {
  if (descr === '<f4') {
    // Copied to its own, aligned memory; a Buffer's own slice() would be a view of the file.
    return new Float32Array(Uint8Array.prototype.slice.call(bytes, dataAt, dataAt + count * 4).buffer);
  }
  const data = new Float32Array(count);
  for (let index = 0; index < count; index++) {
    data[index] = reader.read(view, dataAt + index * reader.size);
  }
  return data;
}

function parseHeader(header, name) {
  const descr = /'descr':\s*'([^']*)'/.exec(header)?.[1];
  const fortran = /'fortran_order':\s*(True|False)/.exec(header)?.[1];
  const sizes = /'shape':\s*\(([^)]*)\)/.exec(header)?.[1];
  if (fortran === undefined || sizes === undefined) {
    throw new NpyError(`${name} has a header that cannot be read: write it with numpy.save.`);
  }
  if (descr === undefined) {
    throw new NpyError(`${name} holds records: give one array of float32, float64 or uint8.`);
  }
  const shape = sizes
    .split(',')
    .map(size => size.trim())
    .filter(size => size !== '')
    .map(Number);
  return { descr, fortran: fortran === 'True', shape };
}

/**
 * Encodes float32 values in C order as a .npy file of version 1.
 *
 * @param {number[]} shape
 * @param {Float32Array} data as many values as the shape has
 * @returns {Uint8Array}
 */
export function encodeNpy(shape, data) {
  const list = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const dictionary = `{'descr': '<f4', 'fortran_order': False, 'shape': (${list}), }`;
  // NumPy aligns the data to 64 bytes; the header ends with a newline.
  const length = Math.ceil((10 + dictionary.length + 1) / 64) * 64 - 10;
  const bytes = new Uint8Array(10 + length + data.byteLength);
  bytes.set([...MAGIC, 1, 0, length & 0xff, length >> 8]);
  bytes.set(Buffer.from(dictionary.padEnd(length - 1) + '\n'), 10);
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), 10 + length);
  return bytes;
}
