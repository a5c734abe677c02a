/** What the page is told of a model. */
import { expect, it } from 'vitest';
import { readModel } from '../../formats';
import { bytesOf } from '../../formats/testing/reader-data';
import { english } from '../../messages/message';
import { summarize } from '../worker/summarize';

it.each([
  ['dtypes.keras3.keras', ['bfloat16, float16']],
  ['plain.keras3.keras', []]
])('says what types of half precision are computed in single: %s', async (file, types) => {
  const graph = await readModel(bytesOf(file), file);
  const { notices } = summarize(graph, { model: 'm', name: file }, 0);
  const said = types.map(names =>
    expect.stringMatching(
      new RegExp(`to ${names}; GradLens computes them in float32, .* two hundredths of the largest`)
    )
  );
  expect(notices.map(english)).toEqual(said);
  graph.dispose();
});
