/** Packs or unpacks a file: `node brotli.mjs pack|unpack SOURCE TARGET`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';

const [way, source, target] = process.argv.slice(2);
const bytes = readFileSync(source);
const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN, BROTLI_PARAM_SIZE_HINT } = constants;
const params = { [BROTLI_PARAM_QUALITY]: 11, [BROTLI_PARAM_LGWIN]: 24, [BROTLI_PARAM_SIZE_HINT]: bytes.length };
writeFileSync(target, way === 'pack' ? brotliCompressSync(bytes, { params }) : brotliDecompressSync(bytes));
