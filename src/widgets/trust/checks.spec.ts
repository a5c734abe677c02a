import { expect, it } from 'vitest';
import { layerInfo, modelSummary } from '../../graph/testing/layer-info';
import type { Explained } from '../../session/model/explained';
import { checkOf } from './checks';

it('compares layers by the curves that the map itself is checked with: a map has one area', () => {
  const explained = { layer: 'conv', method: 'grad-cam' } as Explained;
  const model = modelSummary([layerInfo('conv')]);
  const [curves, advice] = (['curves', 'advice'] as const).map(name => checkOf(name, explained, model, 'xplique'));
  // What decides an area: curves.ts.
  for (const setting of ['convention', 'steps', 'baseline']) {
    expect(Reflect.get(advice, setting)).toBe(Reflect.get(curves, setting));
  }
});
