/**
 * Compiles src/engine/kernels/assembly/ (AssemblyScript) into src/engine/kernels/binary.ts, which is
 * committed: it changes seldom, so that building and testing need no compiler.
 * With --check, only says whether the file is up to date.
 */
import asc from 'assemblyscript/asc';
import { keepUpToDate, root } from './generated-files.mjs';

// The memory is tfjs': no runtime, nothing static, no traps.
const FLAGS = [
  '--runtime',
  'stub',
  '--importMemory',
  '--initialMemory',
  '1',
  '--enable',
  'simd',
  '-O3',
  '--converge',
  '--noAssert',
  '--use',
  'abort='
];

async function compile() {
  let binary = null;
  const { error, stderr } = await asc.main(
    ['src/engine/kernels/assembly/index.ts', '--baseDir', root, '--outFile', 'kernels.wasm', ...FLAGS],
    {
      writeFile: (_, contents) => (binary = contents)
    }
  );
  if (error || !binary) {
    throw new Error(`${stderr.toString()}${error?.message ?? 'nothing was written'}`);
  }
  return binary;
}

const lines = Buffer.from(await compile())
  .toString('base64')
  .match(/.{1,120}/g);
const text = `/** Made from assembly/ by \`npm run kernels\`: do not edit. */\nexport const KERNELS = [\n${lines.map(line => `  '${line}'`).join(',\n')}\n].join('');\n`;
keepUpToDate('src/engine/kernels/binary.ts', text, 'kernels');
