import { Notification } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';

/** Milliseconds for which it is told what became of an export. */
export const TOLD = 5000;

/** Milliseconds within which a download has begun for sure, also on a busy machine; FileSaver.js waits as long. */
const KEPT = 40_000;

/** Hands a file to the user, as a download of the browser. */
export function saveBlob(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), KEPT);
}

export function saveText(name: string, type: string, text: string): void {
  saveBlob(name, new Blob([text], { type: `${type};charset=utf-8` }));
}

/** Says where a file went: the menu that saved it is closed. */
export function tellSaved(name: string, trans: TranslationBundle): void {
  Notification.success(trans.__('Saved as %1, where the browser puts downloads.', name), { autoClose: TOLD });
}
