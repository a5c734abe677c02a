import { nullTranslator } from '@jupyterlab/translation';
import { expect, it } from 'vitest';
import type { Explained } from '../../session/model/explained';
import type { ModelController } from '../../session/model/model-controller';
import type { ShownMap } from '../../session/view/shown-map';
import { provenanceOf } from './provenance';

const trans = nullTranslator.load('gradlens');
const MAP = { name: 'Grad-CAM', title: 'Grad-CAM of tank at conv4', target: 'tank' } as ShownMap;

function controllerOf(explained: object | null, labels?: string[]): Pick<ModelController, 'payload' | 'snapshot'> {
  const run = {
    outputs: { head: { shape: [1, 2], data: Float32Array.of(0.2, 0.8) } },
    output: 'head',
    ending: 'softmax',
    targets: [{ index: 1, score: 6.5 }]
  };
  return {
    payload: { model: { name: 'tank.keras' }, images: [{ name: 'a.png' }], ...(labels ? { labels } : {}) },
    snapshot: {
      explained: explained && { image: 0, layer: 'conv4', method: 'grad-cam', score: 'logit', run, ...explained }
    }
  } as unknown as Pick<ModelController, 'payload' | 'snapshot'>;
}
const line = (controller: ReturnType<typeof controllerOf> | null, map: ShownMap): string =>
  provenanceOf(controller, map, trans).join(' · ');

it('names model, layer, class, score, method and picture', () => {
  expect(line(controllerOf({}, ['no tank', 'tank']), MAP)).toBe(
    'model tank.keras · layer conv4 · class 1 (tank) · logit 6.5 · Grad-CAM · picture a.png'
  );
  expect(line(controllerOf({ score: 'probability' }), { ...MAP, target: 'class 1', slice: 3 })).toBe(
    'model tank.keras · layer conv4 · class 1 · probability 6.5000 · Grad-CAM · picture a.png · slice 3'
  );
  expect(line(controllerOf({}), { ...MAP, slice: 3, isFrame: true })).toMatch(/ · frame 3$/);
});

it('says what else is explained in the words of the view, and calls no output without a softmax a logit', () => {
  const run = { ...(controllerOf({}).snapshot.explained as Explained).run, ending: 'none' };
  expect(line(controllerOf({ run }), { ...MAP, target: 'what raises the price' })).toBe(
    'model tank.keras · layer conv4 · explains what raises the price · score 6.5 · Grad-CAM · picture a.png'
  );
});

it('gives a channel no class, and an array its title', () => {
  const channel = { name: 'channel 7', title: 'Heatmap of channel 7 of conv4' } as ShownMap;
  expect(line(controllerOf({}), channel)).toBe('model tank.keras · layer conv4 · channel 7 · picture a.png');
  expect(line(null, channel)).toBe('Heatmap of channel 7 of conv4');
});
