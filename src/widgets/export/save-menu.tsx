import { Notification } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { message, MessageError } from '../../messages/message';
import { tellProblem } from '../../session/tell-problem';
import { usePage, useTrans } from '../shared/context';
import { later } from '../shared/later';
import { Popover } from '../shared/popover';
import { ExportHandlers, type ExportName } from './export-handlers';
import { csvOfMap, type FigureSource, npyOfMap, pngAsSeen, pngTrueSize, svgAsSeen } from './figure-source';
import { exportName } from './file-name';
import { saveBlob, tellSaved, TOLD } from './save-file';

const KeepResults = later(async () => (await import('./keep-results')).KeepResults);
const PageChoice = later(async () => (await import('./page/page-choice')).PageChoice);

/** Names of the ways to take a map away, in the order in which menus list them. */
const exportLabels = (trans: TranslationBundle): Record<ExportName, string> => ({
  'copy-png': trans.__('Copy as picture'),
  'save-png': trans.__('Save as PNG, as seen'),
  'save-true-size': trans.__('Save as PNG, true size'),
  'save-svg': trans.__('Save as SVG'),
  'save-npy': trans.__('Save values as .npy'),
  'save-csv': trans.__('Save values as CSV')
});

type Make = (source: FigureSource, canvas: HTMLElement) => Blob | Promise<Blob>;

const FILES: Record<Exclude<ExportName, 'copy-png'>, { ending: string; make: Make }> = {
  'save-png': { ending: 'png', make: pngAsSeen },
  'save-true-size': { ending: 'png', make: pngTrueSize },
  'save-svg': { ending: 'svg', make: svgAsSeen },
  'save-npy': { ending: 'npy', make: npyOfMap },
  'save-csv': { ending: 'csv', make: csvOfMap }
};

/** The button that offers to copy and save the map; also answers JupyterLab's context menu over `panes`. */
export function SaveMenu(props: {
  source: FigureSource;
  panes: React.RefObject<HTMLElement | null>;
}): React.ReactElement {
  const { source, panes } = props;
  const trans = useTrans();
  const handlers = usePage(ExportHandlers);
  const labels = exportLabels(trans);

  const save = async (name: ExportName): Promise<void> => {
    try {
      const saved = await exportMap(name, source, panes.current);
      if (saved === null) {
        Notification.success(trans.__('The picture is on the clipboard.'), { autoClose: TOLD });
      } else {
        tellSaved(saved, trans);
      }
    } catch (error) {
      tellProblem(error, trans);
    }
  };
  const latest = React.useRef(save);
  React.useEffect(() => {
    latest.current = save;
  });
  React.useEffect(() => {
    const element = panes.current;
    if (element) {
      return handlers.add(element, name => latest.current(name));
    }
  }, [handlers, panes]);

  return (
    <Popover label={trans.__('Save')} title={trans.__('Copy or save this map')}>
      {close => (
        <>
          {(Object.keys(labels) as ExportName[]).map(name => (
            <button
              key={name}
              type="button"
              className="jp-GradLens-button"
              onClick={() => {
                close();
                void save(name);
              }}
            >
              {labels[name]}
            </button>
          ))}
          <PageChoice onChoose={close} />
          <KeepResults />
        </>
      )}
    </Popover>
  );
}

/** Resolves to the name of the file; null for what went to the clipboard. */
async function exportMap(name: ExportName, source: FigureSource, panes: HTMLElement | null): Promise<string | null> {
  const canvases = panes?.querySelectorAll<HTMLElement>('.jp-GradLens-canvas');
  const canvas = canvases?.[canvases.length - 1];
  if (!canvas) {
    throw new MessageError(message('The map is not on the screen any more; scroll to it and try again.'));
  }
  if (name === 'copy-png') {
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': pngAsSeen(source, canvas) })]);
    return null;
  }
  const { ending, make } = FILES[name];
  // The values of a volume are those of all its slices.
  const title = name === 'save-npy' ? source.map.title : source.title;
  const file = `${exportName(title, source.of, name === 'save-true-size')}.${ending}`;
  saveBlob(file, await make(source, canvas));
  return file;
}
