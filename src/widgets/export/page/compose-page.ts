/** Puts a page together that shows a view without JupyterLab. Python writes the same: gradlens/_page/write.py. */
import { encodeBase64 } from '../../../mime/base64';
import { DATA_ID, ENGINE_ID, type PageData } from '../../../mime/page-data';

/** What pages are made of: the build's text files, by name, and the engine. */
export interface PageAssets {
  text(name: string): Promise<string>;
  engine(): Promise<Blob>;
}

export interface PageContents extends Omit<PageData, 'files'> {
  files: { path: string; bytes: Blob }[];
}

/** Bytes of a file in one element: what a browser decodes at a time. A multiple of 3, as base64 is in threes. */
const PART = 3 << 20;

export async function composePage({ files, ...page }: PageContents, assets: PageAssets): Promise<Blob> {
  const data: PageData = { ...page, files: files.map(({ path, bytes }) => ({ path, size: bytes.size })) };
  const carried: BlobPart[] = [script(`type="application/json" id="${DATA_ID}"`, scriptJSON(data))];
  if (files.length > 0) {
    carried.push(script(`type="text/plain" id="${ENGINE_ID}"`, await base64(await assets.engine())));
  }
  for (const [index, { bytes }] of files.entries()) {
    for (let start = 0; start < bytes.size; start += PART) {
      const part = await base64(bytes.slice(start, start + PART));
      carried.push(new Blob([script(`type="text/plain" data-gradlens-file="${index}"`, part)]));
    }
  }
  const [before, after] = (await assets.text('page.html')).split('{{data}}');
  const fill = async (template: string): Promise<string> => {
    const names = new Set([...template.matchAll(PLACE)].map(([, name]) => name));
    const parts = new Map<string, string>();
    for (const name of names) {
      parts.set(
        name,
        name === 'title' ? escape(page.title) : name === 'pictures' ? pictures(page) : await assets.text(name)
      );
    }
    return template.replace(PLACE, (_, name: string) => parts.get(name) ?? '');
  };
  return new Blob([await fill(before), ...carried, await fill(after)], { type: 'text/html' });
}

const PLACE = /\{\{([\w.]+)\}\}/g;

const script = (attributes: string, text: string): string => `<script ${attributes}>${text}</script>\n`;

/** JSON that may stand in a script element: nothing in it ends the element. */
const scriptJSON = (data: unknown): string => JSON.stringify(data).replaceAll('<', '\\u003c');

const escape = (text: string): string => text.replace(/[&<>"']/g, sign => `&#${sign.charCodeAt(0)};`);

/** What is seen where no scripts run. */
const pictures = ({ title, views }: Pick<PageData, 'title' | 'views'>): string =>
  views
    .map(({ picture }) =>
      picture === undefined ? '' : `<img src="data:image/png;base64,${escape(picture)}" alt="${escape(title)}">`
    )
    .join('');

const base64 = async (bytes: Blob): Promise<string> => encodeBase64(new Uint8Array(await bytes.arrayBuffer()));
