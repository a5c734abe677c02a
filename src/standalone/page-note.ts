import type { TranslationBundle } from '@jupyterlab/translation';
import { modelName } from '../delivery/model-name';
import type { PageData } from '../mime/page-data';
import { formatBytes } from '../session/progress/progress-text';

/** One line: who wrote the page, what it carries, and that it needs nothing else. */
export function pageNote({ version, files }: PageData, trans: TranslationBundle): string {
  const carried = files.map(({ path, size }) => trans.__('%1 (%2)', modelName(path), formatBytes(size)));
  return [
    trans.__('Written by GradLens %1.', version),
    ...(carried.length > 0
      ? [trans.__('This page carries %1, and computes in this browser.', carried.join(', '))]
      : []),
    trans.__('It fetches nothing and sends nothing.')
  ].join(' ');
}
