import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { message, MessageError, messageOf, translated } from '../../messages/message';
import { usePage, useTrans } from '../shared/context';
import { Popover } from '../shared/popover';
import { ExportHandlers, type ExportName } from './export-handlers';
import { csvOfMap, type FigureSource, npyOfMap, pngAsSeen, pngTrueSize, svgAsSeen } from './figure-source';
import { fileName, saveBlob } from './save-file';

/** Names of the ways to take a map away, in the order in which menus list them. */
const exportLabels = (trans: TranslationBundle): Record<ExportName, string> => ({
  'copy-png': trans.__('Copy as picture'),
  'save-png': trans.__('Save as PNG, as seen'),
  'save-true-size': trans.__('Save as PNG, true size'),
  'save-svg': trans.__('Save as SVG'),
  'save-npy': trans.__('Save values as .npy'),
  'save-csv': trans.__('Save values as CSV')
});

/** The button that offers to copy and save the map; also answers JupyterLab's context menu over `panes`. */
export function SaveMenu(props: {
  source: FigureSource;
  panes: React.RefObject<HTMLElement | null>;
}): React.ReactElement {
  const { source, panes } = props;
  const trans = useTrans();
  const handlers = usePage(ExportHandlers);
  const [status, setStatus] = React.useState('');
  const labels = exportLabels(trans);

  const save = async (name: ExportName): Promise<void> => {
    try {
      await exportMap(name, source, panes.current);
      setStatus(name === 'copy-png' ? trans.__('Copied') : trans.__('Saved'));
    } catch (error) {
      setStatus(translated(messageOf(error), trans));
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
      {(Object.keys(labels) as ExportName[]).map(name => (
        <button key={name} type="button" className="jp-GradLens-button" onClick={() => void save(name)}>
          {labels[name]}
        </button>
      ))}
      <p className="jp-GradLens-note" role="status">
        {status}
      </p>
    </Popover>
  );
}

async function exportMap(name: ExportName, source: FigureSource, panes: HTMLElement | null): Promise<void> {
  const canvases = panes?.querySelectorAll<HTMLElement>('.jp-GradLens-canvas');
  const canvas = canvases?.[canvases.length - 1];
  if (!canvas) {
    throw new MessageError(message('The map is not on the screen any more; scroll to it and try again.'));
  }
  const title = fileName(source.title);
  switch (name) {
    case 'copy-png':
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': pngAsSeen(source, canvas) })]);
      return;
    case 'save-png':
      return saveBlob(`${title}.png`, await pngAsSeen(source, canvas));
    case 'save-true-size':
      return saveBlob(`${title}.png`, await pngTrueSize(source));
    case 'save-svg':
      return saveBlob(`${title}.svg`, svgAsSeen(source, canvas));
    case 'save-npy':
      return saveBlob(`${fileName(source.map.title)}.npy`, npyOfMap(source));
    case 'save-csv':
      return saveBlob(`${title}.csv`, csvOfMap(source));
  }
}
