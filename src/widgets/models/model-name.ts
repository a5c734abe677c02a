import type { TranslationBundle } from '@jupyterlab/translation';
import type { ModelFile } from '../../mime/payload';

/** Names one of several models, short. */
export const modelName = ({ name, epoch }: ModelFile, trans: TranslationBundle): string =>
  epoch === undefined ? name : trans.__('epoch %1', epoch);
