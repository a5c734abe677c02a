/** How far methods agree on one picture: rank correlations of what each says of the cells of the layer. */
import { isInputMethod } from '../../../explain/kinds';
import type { MethodName } from '../../../explain/names';
import { spearman } from '../../../explain/trust/similarity';
import { regionCovered } from '../../../graph/field-geometry';
import { type Message, messageOf } from '../../../messages/message';
import { isAbort } from '../../protocol/errors';
import type { AgreementCheck, AgreementFindings } from '../../protocol/trust';
import { runRequest } from '../run-request';
import { type Checked, type CheckedMap, mapAt, type Size } from './checked-map';

/** Cells a side where every method explains the input. */
const SIDE = 14;

export async function checkAgreement(checked: Checked, { methods }: AgreementCheck): Promise<AgreementFindings> {
  const { model, params, services, progress } = checked;
  const layer = params.maps[0];
  const found = new Map<MethodName, CheckedMap>();
  const problems: Partial<Record<MethodName, Message>> = {};
  for (const [i, method] of methods.entries()) {
    progress(i, methods.length);
    try {
      const asked = { ...params, maps: [layer], method, convention: null };
      found.set(method, mapAt(await runRequest(model, asked, services), layer));
    } catch (error) {
      if (isAbort(error) || error instanceof WebAssembly.RuntimeError) {
        throw error;
      }
      problems[method] = messageOf(error);
    }
  }
  progress(methods.length, methods.length);
  const ofLayer = [...found].find(([method]) => !isInputMethod(method))?.[1].size;
  const { height, width } = checked.input.size;
  const grid = ofLayer ?? { height: Math.min(SIDE, height), width: Math.min(SIDE, width) };
  const values = new Map(
    [...found].map(([method, map]) => [
      method,
      isInputMethod(method) ? onCells(checked, layer, map, grid) : map.data.map(Math.abs)
    ])
  );
  const correlations = methods.flatMap(one =>
    methods.map(other => {
      const [a, b] = [values.get(one), values.get(other)];
      return a && b ? spearman(a, b) : null;
    })
  );
  return { kind: 'agreement', methods: [...methods], grid: [grid.height, grid.width], correlations, problems };
}

/** Means of the absolute values of the pixels in each cell of the layer. */
function onCells({ result }: Checked, layer: string, { size, data }: CheckedMap, grid: Size): Float64Array {
  const [slices, wanted] = [size.slices ?? 1, grid.slices ?? 1];
  const [rows, cellRows] = [size.height / slices, grid.height / wanted];
  const { u0, v0, u1, v1 } = regionCovered(result.fields[layer] ?? null, [cellRows, grid.width]);
  const along = (at: number, length: number, low: number, high: number, cells: number): number =>
    Math.floor((((at + 0.5) / length - low) / (high - low)) * cells);
  const sums = new Float64Array(grid.height * grid.width);
  const counts = new Float64Array(sums.length);
  data.forEach((value, at) => {
    const [line, column] = [Math.floor(at / size.width), at % size.width];
    const x = along(column, size.width, u0, u1, grid.width);
    const y = along(line % rows, rows, v0, v1, cellRows);
    const z = along(Math.floor(line / rows), slices, 0, 1, wanted);
    if (x >= 0 && x < grid.width && y >= 0 && y < cellRows) {
      const cell = (z * cellRows + y) * grid.width + x;
      sums[cell] += Math.abs(value);
      counts[cell]++;
    }
  });
  return sums.map((sum, cell) => (counts[cell] > 0 ? sum / counts[cell] : 0));
}
