import { expect, test } from 'vitest';
import { DATA_ID, readPageData } from '../mime/page-data';
import { composePage } from '../widgets/export/page/compose-page';
import { PageFiles } from './page-files';

const BAD = '</script><script>alert(1)</script><!--<img src=x onerror=alert(2)>{{data}}{{pictures}}$&';

const assets = {
  text: async (name: string) =>
    name === 'page.html'
      ? '<title>{{title}}</title><h1>{{title}}</h1><main><noscript>{{pictures}}</noscript></main>{{data}}<script type="x">{{viewer.js}}</script>'
      : `of ${name} $&`,
  engine: async () => new Blob(['the engine'])
};

async function pageOf(files: { path: string; bytes: Blob }[]): Promise<Document> {
  const page = await composePage(
    { title: BAD, version: '1', views: [{ payload: { labels: [BAD] }, picture: 'iVBO' }], files },
    assets
  );
  return new DOMParser().parseFromString(await page.text(), 'text/html');
}

test('what a page carries is read as it was written, to the byte', async () => {
  const bytes = new Uint8Array((3 << 20) + 5).map((_, i) => (i * 7) % 251);
  const found = await pageOf([
    { path: 'a/m.keras', bytes: new Blob([bytes]) },
    { path: 'a/w.bin', bytes: new Blob([new Uint8Array([1, 2])]) }
  ]);
  const data = readPageData(found.getElementById(DATA_ID)?.textContent ?? '');
  expect(data.files).toEqual([
    { path: 'a/m.keras', size: bytes.length },
    { path: 'a/w.bin', size: 2 }
  ]);
  const files = new PageFiles(data.files, found);
  const read = await files.read('a/m.keras');
  expect(read).toHaveLength(bytes.length);
  expect(read.every((byte, i) => byte === bytes[i])).toBe(true);
  const model = files.locate('a/m.keras');
  expect(model.name).toBe('m.keras');
  const { signal } = new AbortController();
  expect(await model.head(4, signal)).toEqual(bytes.slice(0, 4));
  expect(await model.sibling('w.bin', signal)).toEqual(new Uint8Array([1, 2]));
  expect(() => files.locate('../other.keras')).toThrow('This page does not carry the file “other.keras”');
});

test('markup in texts stays text, and places in them are not filled', async () => {
  const found = await pageOf([]);
  expect(found.querySelector('h1')?.textContent).toBe(BAD);
  expect(found.title).toBe(BAD);
  const scripts = [...found.querySelectorAll('script')];
  expect(scripts.map(({ id, type }) => id || type)).toEqual([DATA_ID, 'x']);
  expect(scripts[1].textContent).toBe('of viewer.js $&');
  expect(found.querySelector('main img:not(noscript img)')).toBeNull();
  const data = readPageData(scripts[0].textContent ?? '');
  expect(data).toMatchObject({ title: BAD, views: [{ payload: { labels: [BAD] } }] });
});
