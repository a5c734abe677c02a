import type { TranslationBundle } from '@jupyterlab/translation';

/** The other views that one is linked with, in words. */
export const linkedWith = (peers: number, trans: TranslationBundle): string =>
  peers === 0 ? trans.__('no other view') : trans._n('%1 other view', '%1 other views', peers, peers);
