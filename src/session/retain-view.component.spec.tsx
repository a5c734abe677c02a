import { expect, it } from 'vitest';
import { parsePayload } from '../mime/parse';
import { fakeServices } from '../widgets/testing/render';
import { releaseView, retainView } from './retain-view';
import type { LiveView } from './view-tracker';

const heatmap = (id: string) =>
  parsePayload({
    version: 1,
    kind: 'heatmap',
    id,
    name: 'array',
    tensor: { dtype: 'float32', shape: [1, 1, 1], data: 'AACAPw==' }
  });

it('leaves one view of a cell that ran 200 times', () => {
  const services = fakeServices();
  const node = document.createElement('div');
  let before: LiveView | null = null;
  for (let run = 0; run < 200; run++) {
    const view = retainView(heatmap(`run ${run}`), null, services, node);
    if (before) {
      releaseView(before, services, node);
    }
    before = view;
  }
  expect(services.liveViews.ids).toEqual(['run 199']);
  expect(services.tracker.views).toEqual([before]);
});
