/** How a view's map can be taken away; the view offers them, its menu and JupyterLab's context menu show them. */
export type TakeAwayName = 'copy-png' | 'save-png' | 'save-true-size' | 'save-svg' | 'save-npy' | 'save-csv';

export type TakeAway = (name: TakeAwayName) => Promise<void>;

/** By the element that shows the map: where a context menu opens tells which is meant. */
export const takeAways = new WeakMap<Element, TakeAway>();

/** Class of the elements in {@link takeAways}. */
export const TAKE_AWAY_CLASS = 'jp-GradLens-canvases';
