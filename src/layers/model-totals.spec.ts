import { describe, expect, it } from 'vitest';
import { summarize } from '../engine/worker/summarize';
import { readModel } from '../formats';
import { bytesOf, type DescribedModel, jsonOf, modelFiles } from '../formats/testing/reader-data';
import type { LayerInfo } from '../graph/layer-info';
import { layerInfo, modelSummary } from '../graph/testing/layer-info';
import { formatCount, modelTotals, summaryRows, summaryText } from './model-totals';

const layer = (id: string, outputShape: (number | null)[], parameters = 0, nonTrainable = 0) =>
  layerInfo(id, { inputs: id === 'image' ? [] : ['image'], outputShape, parameters, nonTrainable });

const model = (layers: LayerInfo[], parameters: number) => modelSummary(layers, { parameters });

describe('modelTotals', () => {
  it('parts parameters, counting those of a layer called twice once', () => {
    const again = { ...layer('bn@1', [2, 2, 3], 12, 6), sharesWeights: true };
    const totals = modelTotals(model([layer('bn', [2, 2, 3], 12, 6), again, layer('my@1', [2, 2, 3])], 12));
    expect(totals).toMatchObject({
      parameters: 12,
      trainable: 6,
      nonTrainable: 6,
      weightBytes: 48,
      activationBytes: 144
    });
  });

  it('leaves out sizes that are not known', () => {
    expect(modelTotals(model([layer('a', [null, null, 3]), layer('b', [5])], 0)).activationBytes).toBe(20);
  });

  it.each(modelFiles())('agrees with Keras on the parameters that training leaves alone: %s', async file => {
    const described = jsonOf<DescribedModel>(`${file}.json`);
    const bytes = bytesOf(file);
    const graph = await readModel(bytes, file);
    const totals = modelTotals(summarize(graph, { model: 'key', name: file }, bytes.length));
    expect(totals).toMatchObject({ parameters: described.parameters, nonTrainable: described.nonTrainable });
    graph.dispose();
  });
});

describe('the summary', () => {
  const small = model([layer('image', [null, 4, 3]), layer('conv', [2, 2, 8], 224)], 224);

  it('has a row for each layer, batch first as Keras prints it', () => {
    expect(summaryRows(small)[1]).toEqual({
      name: 'conv',
      type: 'Conv2D',
      shape: '(None, 2, 2, 8)',
      parameters: 224,
      connectedTo: 'image'
    });
    expect(summaryRows(small)[0].shape).toBe('(None, None, 4, 3)');
  });

  it('copies as tab-separated text with the totals', () => {
    expect(summaryText(small).split('\n').slice(1, 4)).toEqual([
      'image\tConv2D\t(None, None, 4, 3)\t0\t',
      'conv\tConv2D\t(None, 2, 2, 8)\t224\timage',
      'Total parameters\t224'
    ]);
  });
});

it.each([
  [0, '0'],
  [999, '999'],
  [1000, '1k'],
  [14_348, '14.3k'],
  [25_636_712, '25.6M'],
  [1.5e9, '1.5G']
])('formatCount(%d) is %s', (count, text) => expect(formatCount(count)).toBe(text));
