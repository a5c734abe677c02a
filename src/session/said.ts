import type { TranslationBundle } from '@jupyterlab/translation';
import { localizer } from './localize';
import said from './said.json';

/** Translates what any module says by ../say. Loaded only where the language is not the one that it is written in. */
export const sayIn = (trans: TranslationBundle): ((text: string) => string) => localizer(said, trans);
