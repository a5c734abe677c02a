/**
 * Stands in for `@jupyterlab/apputils` in a page without JupyterLab: notifications
 * are a line at the foot of the page. The build puts it in the package's place.
 */
import type { Notification as JupyterNotification } from '@jupyterlab/apputils';

type Real = typeof JupyterNotification;
type Options = { autoClose?: number | false };

/** Milliseconds for which a notification stays that does not say how long. */
const STAY = 8000;

let nextId = 1;
const shown = new Map<string, HTMLElement>();

function place(): HTMLElement {
  let region = document.querySelector<HTMLElement>('.jp-GradLens-told');
  if (!region) {
    region = document.createElement('div');
    region.className = 'jp-GradLens-told';
    region.setAttribute('role', 'status');
    document.body.append(region);
  }
  return region;
}

function show(text: string, type: string, { autoClose }: Options = {}): string {
  const id = `notification-${nextId++}`;
  const line = document.createElement('p');
  line.dataset.type = type;
  line.textContent = text;
  place().append(line);
  shown.set(id, line);
  if (autoClose !== false) {
    setTimeout(() => dismiss(id), autoClose ?? STAY);
  }
  return id;
}

function dismiss(id?: string): void {
  for (const [key, line] of shown) {
    if (id === undefined || key === id) {
      line.remove();
      shown.delete(key);
    }
  }
}

/** The page shows its views itself: work that takes long is seen there, and told nowhere else. */
const IN_VIEW = '';

export const Notification = {
  success: (text: string, options?: Options) => show(text, 'success', options),
  error: (text: string, options?: Options) => show(text, 'error', { autoClose: false, ...options }),
  emit: () => IN_VIEW,
  update: () => false,
  dismiss
} satisfies { [Name in 'success' | 'error' | 'emit' | 'update' | 'dismiss']: Real[Name] };

export const Clipboard = {
  copyToSystem: (text: string) => {
    // A page opened from a disk has no `navigator.clipboard` in every browser.
    const write = (event: ClipboardEvent): void => {
      event.clipboardData?.setData('text/plain', text);
      event.preventDefault();
    };
    document.addEventListener('copy', write, { once: true });
    document.execCommand('copy');
    document.removeEventListener('copy', write);
  }
};
