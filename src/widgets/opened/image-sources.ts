import type { Contents } from '@jupyterlab/services';
import type { Drag } from '@lumino/dragdrop';
import { message, MessageError, messageOf } from '../../messages/message';
import type { PayloadImage } from '../../mime/payload';
import { pictureFrom } from './picture';

/** MIME type under which JupyterLab's file browser drags paths. */
const BROWSER_ITEMS = 'application/x-jupyter-icontents';

/** A picture offered to a view: bytes, or a path on the Jupyter server. */
export type OfferedImage = { blob: Blob; name: string } | { path: string };

/**
 * Takes what is dropped on an element, from the desktop or from JupyterLab's
 * file browser, and pictures that are pasted while it has the focus. Whether a
 * dropped file is a picture shows when it is read.
 *
 * @param hovered - Told when something that could be dropped is above the element.
 * @returns A function that stops listening.
 */
export function listenForImages(
  element: HTMLElement,
  offered: (images: OfferedImage[]) => void,
  hovered: (isAbove: boolean) => void
): () => void {
  const isInside = (event: MouseEvent): boolean => element.contains(event.relatedTarget as Node | null);
  const onFiles = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes('Files')) {
      return;
    }
    // Not prevented, the browser would leave JupyterLab and show the file.
    event.preventDefault();
    event.stopPropagation();
    hovered(event.type === 'dragover');
    if (event.type === 'drop') {
      offered([...event.dataTransfer.files].map(file => ({ blob: file, name: file.name })));
    }
  };
  let pasted = 0;
  // Browsers call every pasted picture image.png: names that tell them apart.
  const nameOfPasted = (file: File): string =>
    file.name === 'image.png' || file.name === '' ? `pasted image ${++pasted}` : file.name;
  const onPaste = (event: ClipboardEvent): void => {
    const pictures = [...(event.clipboardData?.files ?? [])].filter(file => file.type.startsWith('image/'));
    if (pictures.length > 0) {
      event.preventDefault();
      event.stopPropagation();
      offered(pictures.map(file => ({ blob: file, name: nameOfPasted(file) })));
    }
  };
  const onBrowserItems = (event: Drag.Event): void => {
    if (!event.mimeData.hasData(BROWSER_ITEMS)) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    event.dropAction = event.proposedAction;
    hovered(event.type !== 'lm-drop');
    if (event.type === 'lm-drop') {
      offered((event.mimeData.getData(BROWSER_ITEMS) as string[]).map(path => ({ path })));
    }
  };
  const onEvent = (event: Event): void => {
    switch (event.type) {
      case 'dragover':
      case 'drop':
        return onFiles(event as DragEvent);
      case 'paste':
        return onPaste(event as ClipboardEvent);
      case 'dragleave':
      case 'lm-dragleave':
        return isInside(event as MouseEvent) ? undefined : hovered(false);
      default:
        return onBrowserItems(event as Drag.Event);
    }
  };
  const types = ['dragover', 'dragleave', 'drop', 'paste', 'lm-dragenter', 'lm-dragover', 'lm-dragleave', 'lm-drop'];
  types.forEach(type => element.addEventListener(type, onEvent));
  return () => types.forEach(type => element.removeEventListener(type, onEvent));
}

/** A picture of an opened model. */
export interface OpenedImage extends PayloadImage {
  /** Its path on the Jupyter server, from where it can be read again after a reload; absent for pictures from elsewhere. */
  serverPath?: string;
}

/** The path on the Jupyter server that a picture was read from, or null. */
export const serverPathOfImage = (image: OpenedImage): string | null => image.serverPath ?? null;

/**
 * Reads pictures, wherever they are.
 *
 * @throws Error with one readable sentence about the first that cannot be read.
 */
export async function readImages(images: readonly OfferedImage[], contents: Contents.IManager): Promise<OpenedImage[]> {
  return Promise.all(
    images.map(async image => {
      if (!('path' in image)) {
        return pictureFrom(image.blob, image.name);
      }
      const read = await pictureFrom(await readServerFile(image.path, contents), image.path);
      return { ...read, serverPath: image.path };
    })
  );
}

/** The bytes of a file on the Jupyter server. */
async function readServerFile(path: string, contents: Contents.IManager): Promise<Blob> {
  try {
    const file = await contents.get(path, { type: 'file', format: 'base64', content: true });
    const binary = atob(String(file.content).replace(/\s/g, ''));
    return new Blob([Uint8Array.from(binary, char => char.charCodeAt(0))], { type: file.mimetype });
  } catch (error) {
    const reason = messageOf(error);
    throw new MessageError(message('“%1” could not be read from the Jupyter server as a picture: %2', path, reason), {
      cause: error
    });
  }
}
