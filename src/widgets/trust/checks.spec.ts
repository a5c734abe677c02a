import { expect, it } from 'vitest';
import { layerInfo, modelSummary } from '../../graph/testing/layer-info';
import type { Explained } from '../../session/model/explained';
import { checkOf } from './checks';

it('compares layers by the curves that the map itself is checked with: a map has one area', () => {
  const explained = { layer: 'conv', method: 'grad-cam' } as Explained;
  const model = modelSummary([layerInfo('conv')]);
  const { kind, convention, ...curves } = checkOf('curves', explained, model, 'xplique') as Record<string, unknown>;
  expect(kind).toBe('curves');
  const advice = checkOf('advice', explained, model, 'xplique') as Record<string, unknown>;
  const settings = ['steps', 'baseline'];
  expect(settings.map(name => advice[name])).toEqual(settings.map(name => curves[name]));
  expect(advice.convention).toBe(convention);
});
