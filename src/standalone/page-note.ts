import type { TranslationBundle } from '@jupyterlab/translation';
import { modelName } from '../delivery/model-name';
import { isObject } from '../mime/json';
import type { PageData } from '../mime/page-data';
import { formatBytes } from '../session/progress/progress-text';

/** Pictures that are named one by one; of more, only their number. gradlens/_export.py does the same. */
const LISTED = 3;

/** One line: who wrote the page, what it carries, and that it needs nothing else. */
export function pageNote({ version, files, views }: PageData, trans: TranslationBundle): string {
  const pictures = picturesOf(views);
  const [models, images] = [
    files.filter(({ path }) => !pictures.has(path)),
    files.filter(({ path }) => pictures.has(path))
  ];
  const isLong = images.length > LISTED;
  const named = (isLong ? models : files).map(({ path, size }) =>
    trans.__('%1 (%2)', modelName(path), formatBytes(size))
  );
  const together = formatBytes(images.reduce((sum, { size }) => sum + size, 0));
  const carried = isLong ? [...named, trans.__('%1 pictures (%2)', images.length, together)] : named;
  return [
    trans.__('Written by GradLens %1.', version),
    ...(carried.length > 0
      ? [trans.__('This page carries %1, and computes in this browser.', carried.join(', '))]
      : []),
    trans.__('It fetches nothing and sends nothing.')
  ].join(' ');
}

/** Paths of the files that views name as pictures, whoever wrote the page. */
function picturesOf(views: PageData['views']): Set<unknown> {
  const images = views.flatMap(({ payload }): unknown[] =>
    isObject(payload) && Array.isArray(payload.images) ? payload.images : []
  );
  return new Set(images.map(image => (isObject(image) ? image.path : undefined)));
}
