import { describe, expect, it } from 'vitest';
import { readPageData } from './page-data';

const page = {
  title: 'tank.keras on tank.png',
  version: '0.1.0',
  views: [{ payload: {}, metadata: { gradlens: {} }, picture: 'iVBO' }],
  files: [{ path: 'tank.keras', size: 3 }]
};

describe('the data of a page', () => {
  it('is read as it was written', () => {
    expect(readPageData(JSON.stringify(page))).toEqual(page);
  });

  it.each([
    ['', 'cut off'],
    ['{"title"', 'cut off'],
    ['null', 'nothing'],
    ['[]', 'a list'],
    [JSON.stringify({ ...page, title: { toString: 1 } }), 'a title that is no text'],
    [JSON.stringify({ ...page, version: 1 }), 'a version that is no text'],
    [JSON.stringify({ ...page, views: {} }), 'views that are no list'],
    [JSON.stringify({ ...page, views: [null] }), 'a view that is none'],
    [JSON.stringify({ ...page, views: [{ payload: 1, metadata: [] }] }), 'metadata that are none'],
    [JSON.stringify({ ...page, views: [{ payload: 1, picture: 1 }] }), 'a picture that is no text'],
    [JSON.stringify({ ...page, files: [{ path: 'a', size: '3' }] }), 'a size that is no number'],
    [JSON.stringify({ ...page, files: [{ size: 3 }] }), 'a file without a name']
  ])('is refused with a sentence: %s', text => {
    expect(() => readPageData(text)).toThrow('This page is damaged');
  });
});
