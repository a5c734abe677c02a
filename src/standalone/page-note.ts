import type { TranslationBundle } from '@jupyterlab/translation';
import { formatBytes } from '../session/progress/progress-text';
import type { PageData } from './page-data';

/** One line: who wrote the page, what it carries, and that it needs nothing else. */
export function pageNote({ version, files }: PageData, trans: TranslationBundle): string {
  const carried = files.map(({ path, size }) =>
    trans.__('%1 (%2)', path.slice(path.lastIndexOf('/') + 1), formatBytes(size))
  );
  return [
    trans.__('GradLens %1', version),
    ...(carried.length > 0
      ? [
          trans.__('This page carries %1.', carried.join(', ')),
          trans.__('Everything is computed in this browser; the page fetches nothing and sends nothing.')
        ]
      : [trans.__('The page fetches nothing and sends nothing.')])
  ].join(' · ');
}
