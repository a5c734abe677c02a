import { nullTranslator } from '@jupyterlab/translation';
import { expect, it } from 'vitest';
import { pageNote } from './page-note';

const trans = nullTranslator.load('gradlens');
const data = (count: number): Parameters<typeof pageNote>[0] => {
  const paths = Array.from({ length: count }, (_, i) => `data/${i}.png`);
  return {
    title: '',
    version: '1',
    views: [{ payload: { images: paths.map(path => ({ path })) } }, { payload: null }, { payload: { images: [3] } }],
    files: [{ path: 'm/tank.keras', size: 2e5 }, ...paths.map(path => ({ path, size: 1e4 }))]
  };
};

it('names a few pictures that a page carries, and counts many', () => {
  expect(pageNote(data(2), trans)).toContain('carries tank.keras (200 kB), 0.png (10.0 kB), 1.png (10.0 kB), and');
  expect(pageNote(data(18), trans)).toContain('carries tank.keras (200 kB), 18 pictures (180 kB), and');
});
