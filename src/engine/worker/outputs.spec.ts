/** Chooses the output to explain. */
import { beforeAll, expect, it } from 'vitest';
import { readModel } from '../../formats';
import { bytesOf } from '../../formats/testing/reader-data';
import { useBackend } from '../testing/backends';
import { engineOf, request } from '../testing/engines';

beforeAll(() => useBackend('cpu'));

it('scores the output that is named, the first unless one is, and lists them for a wrong name', async () => {
  const graph = await readModel(bytesOf('named_outputs.keras3.h5'), 'named.h5');
  const engine = await engineOf(graph);
  const [first, second] = graph.outputs.map(output => output.name);
  const shape = [1, ...graph.inputs[0].shape.slice(1).map(Number)];
  const input = { shape, data: Float32Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => Math.cos(i)) };
  const of = async (output: string | null) => {
    const run = await engine.run(request(input, { inputKey: String(output), output, score: 'probability' }));
    const { index, score } = run.targets[0];
    return { output: run.output, score, expected: run.outputs[run.output ?? ''].data, index };
  };
  for (const [asked, got] of [
    [null, first],
    [first, first],
    [second, second]
  ]) {
    const { output, score, expected, index } = await of(asked);
    expect(output).toBe(got);
    // A single unit has two sides.
    expect(score).toBe(expected.length === 1 && index === 0 ? 1 - expected[0] : expected[index]);
  }
  await expect(of('third')).rejects.toThrow(`has no output called third; it has ${first}, ${second}.`);
  engine.close('model');
});
