/** Marks, as `data-gradlens-own-keys`, what takes plain keys for itself. */
const MARK = 'gradlensOwnKeys';

/** Controls that have keys of the browser's own: sliders, choices, fields. */
const CONTROLS = 'input, select, textarea';

/** True of a control of ours, or of what is marked. */
const hasOwnKeys = (target: HTMLElement): boolean =>
  MARK in target.dataset || (target.matches(CONTROLS) && target.closest('[class*="jp-GradLens"]') !== null);

/**
 * Lets controls, and elements marked `data-gradlens-own-keys`, have plain keys (arrows, +, 0 …),
 * which would move between cells, while Ctrl+S and the like stay JupyterLab's.
 *
 * Lumino passes over events whose target has `data-lm-suppress-shortcuts`; it
 * looks in the document's capture phase, so we set that in the window's.
 */
export class KeyCapture {
  constructor() {
    window.addEventListener('keydown', this._onKeyDown, true);
  }

  dispose(): void {
    window.removeEventListener('keydown', this._onKeyDown, true);
  }

  private _onKeyDown = (event: KeyboardEvent): void => {
    const { target } = event;
    if (target instanceof HTMLElement && hasOwnKeys(target)) {
      if (event.ctrlKey || event.metaKey || event.altKey) {
        delete target.dataset.lmSuppressShortcuts;
      } else {
        target.dataset.lmSuppressShortcuts = 'true';
      }
    }
  };
}
