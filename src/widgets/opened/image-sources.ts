import { Drag } from '@lumino/dragdrop';
import type { Contents } from '@jupyterlab/services';

/** MIME type under which JupyterLab's file browser drags paths. */
const BROWSER_ITEMS = 'application/x-jupyter-icontents';

/** A picture offered to a view: bytes, or a path on the Jupyter server. */
export type OfferedImage = { blob: Blob; name: string } | { path: string };

const isPicture = (file: File): boolean => file.type.startsWith('image/');

/**
 * Takes pictures that are dropped on an element, from the desktop or from
 * JupyterLab's file browser, and pasted while it has the focus.
 *
 * @param hovered - Told when something that could be dropped is above the element.
 * @returns A function that stops listening.
 */
export function listenForImages(
  element: HTMLElement,
  offered: (images: OfferedImage[]) => void,
  hovered: (isAbove: boolean) => void
): () => void {
  const take = (files: Iterable<File>): boolean => {
    const pictures = [...files].filter(isPicture).map(file => ({ blob: file, name: file.name || 'image' }));
    if (pictures.length > 0) {
      offered(pictures);
    }
    return pictures.length > 0;
  };
  const onEvent = (event: Event): void => {
    switch (event.type) {
      case 'dragover':
        if ((event as DragEvent).dataTransfer?.types.includes('Files')) {
          event.preventDefault();
          hovered(true);
        }
        return;
      case 'dragleave':
        hovered(false);
        return;
      case 'drop':
        hovered(false);
        if (take((event as DragEvent).dataTransfer?.files ?? [])) {
          event.preventDefault();
          event.stopPropagation();
        }
        return;
      case 'paste':
        if (take(named((event as ClipboardEvent).clipboardData?.files ?? []))) {
          event.preventDefault();
          event.stopPropagation();
        }
        return;
      default:
        onLumino(event as Drag.Event);
    }
  };
  const onLumino = (event: Drag.Event): void => {
    const paths = event.mimeData.hasData(BROWSER_ITEMS) ? (event.mimeData.getData(BROWSER_ITEMS) as string[]) : [];
    if (paths.length === 0) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    if (event.type === 'lm-drop') {
      hovered(false);
      event.dropAction = event.proposedAction;
      offered(paths.map(path => ({ path })));
    } else if (event.type === 'lm-dragleave') {
      hovered(false);
    } else {
      event.dropAction = event.proposedAction;
      hovered(true);
    }
  };
  const types = ['dragover', 'dragleave', 'drop', 'paste', 'lm-dragenter', 'lm-dragover', 'lm-dragleave', 'lm-drop'];
  types.forEach(type => element.addEventListener(type, onEvent));
  return () => types.forEach(type => element.removeEventListener(type, onEvent));
}

let pasted = 0;

/** Pasted pictures are all called image.png: gives them names that tell them apart. */
function* named(files: Iterable<File>): Generator<File> {
  for (const file of files) {
    yield file.name === 'image.png' ? new File([file], `pasted image ${++pasted}`, { type: file.type }) : file;
  }
}

/** The bytes of a file on the Jupyter server. */
export async function readServerFile(path: string, contents: Contents.IManager): Promise<Blob> {
  const file = await contents.get(path, { type: 'file', format: 'base64', content: true });
  const binary = atob(String(file.content).replace(/\s/g, ''));
  return new Blob([Uint8Array.from(binary, char => char.charCodeAt(0))], { type: file.mimetype });
}
