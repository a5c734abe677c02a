/** Asks matplotlib, through generate.py, for the tests of src/viewer. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface ProbeRequest {
  colormap: string;
  min: number;
  max: number;
  /** Float32 values; infinities as text, since JSON has none. */
  values: (number | 'Infinity' | '-Infinity')[];
}

function generate(args: string[], input = ''): string {
  const python = process.env.GRADLENS_REFERENCE_PYTHON ?? `${ROOT}.venv-keras/bin/python`;
  const result = spawnSync(python, [`${ROOT}conformance/colormaps/generate.py`, ...args], {
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 26
  });
  if (result.status !== 0) {
    throw new Error(
      `matplotlib could not be asked through ${python}; run the set-up or set GRADLENS_REFERENCE_PYTHON. ` +
        (result.error?.message ?? result.stderr)
    );
  }
  return result.stdout;
}

/** The 256 RGB entries of every colour map by name. */
export function matplotlibTables(): Record<string, number[][]> {
  return JSON.parse(generate(['--json'])) as Record<string, number[][]>;
}

/** RGB of every value of every request. */
export function matplotlibColors(requests: ProbeRequest[]): number[][][] {
  return JSON.parse(generate(['--probe'], JSON.stringify(requests))) as number[][][];
}
