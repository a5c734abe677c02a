import { nullTranslator } from '@jupyterlab/translation';
import { expect, it } from 'vitest';
import type { Verdict } from '../../classes/predicted';
import { aspectOf } from './aspect-of';
import { type GroupName, groupsOf, isMember } from './groups';
import { meanOfRows, shareCsv, shareRows } from './share-rows';

const verdict = (truth: number | null, predicted: number | null): Verdict => ({
  truth,
  predicted,
  score: 0.5,
  isRight: truth === null || predicted === null ? null : truth === predicted,
  problem: null
});
const verdicts = [verdict(0, 0), verdict(0, 1), verdict(1, 1), verdict(null, 1)];
const images = ['a.png', 'b, c.png', 'Grey.png', 'd.png'].map(name => ({ name }));

it('sorts shares; what has none comes last, and is not in the mean', () => {
  const maps = new Map([0, 1, 2, 3].map(image => [image, { index: verdicts[image].predicted ?? -1 }]));
  const shares = new Map([
    [0, { share: 0.25, area: 0.5, hit: true }],
    [1, { share: 0.75, area: 0.5, hit: false }],
    [2, { share: null, area: 0.5, hit: null }]
  ]);
  const falling = shareRows(maps, shares, images, verdicts, false);
  expect(falling.map(({ image }) => image)).toEqual([1, 0, 2, 3]);
  expect(shareRows(maps, shares, images, verdicts, true).map(({ image }) => image)).toEqual([0, 1, 2, 3]);
  expect(meanOfRows(falling)).toEqual({ share: 0.5, area: 0.5, count: 2, hits: 0.5 });
  expect(meanOfRows(falling.slice(2))).toBeNull();
  expect(shareCsv(falling, index => ['no "x"', 'y'][index])).toBe(
    [
      'image,true,predicted,explained,share,area,peak inside',
      '"b, c.png","no ""x""",y,y,0.75,0.5,0',
      'a.png,"no ""x""","no ""x""","no ""x""",0.25,0.5,1',
      'Grey.png,y,y,y,,0.5,',
      'd.png,,y,y,,,',
      ''
    ].join('\n')
  );
});

it('tells the images of a group', () => {
  const members = (group: GroupName, text = ''): number[] =>
    verdicts.flatMap((of, image) => {
      const terms = { filter: { truth: 0, predicted: 1 }, marked: new Set([3]), text };
      return isMember(group, { image, name: images[image].name, verdict: of }, terms) ? [image] : [];
    });
  expect(members('none')).toEqual([]);
  expect(members('all')).toEqual([0, 1, 2, 3]);
  expect(members('shown')).toEqual([1]);
  expect(members('marked')).toEqual([3]);
  expect(members('named', 'grey')).toEqual([2]);
  expect(members('named')).toEqual([]);
  expect(members('true 0')).toEqual([0, 1]);
  expect(members('predicted 1')).toEqual([1, 2, 3]);
  expect(members('right')).toEqual([0, 2]);
  expect(members('wrong')).toEqual([1]);
  const trans = nullTranslator.load('gradlens');
  expect(groupsOf(verdicts, false, String, trans).map(({ value }) => value)).toEqual([
    'all',
    'marked',
    'named',
    'true 0',
    'true 1',
    'predicted 0',
    'predicted 1',
    'right',
    'wrong'
  ]);
  expect(groupsOf([verdict(null, 1)], true, String, trans).map(({ value }) => value)).toEqual([
    'all',
    'shown',
    'marked',
    'named',
    'predicted 1'
  ]);
});

it('gives a mean the aspect of its pictures, or of the input where they differ', () => {
  const of = (width: number, height: number) => ({
    picture: '',
    original: { width, height, size: 1, hash: 'a'.repeat(64) }
  });
  expect(aspectOf([of(300, 200), of(301, 200)], { height: 10, width: 10 })).toBe(1.5);
  expect(aspectOf([of(300, 200), of(200, 300)], { height: 10, width: 20 })).toBe(2);
  expect(aspectOf([], { height: 10, width: 20 })).toBe(2);
});
