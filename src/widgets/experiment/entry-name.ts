import type { TranslationBundle } from '@jupyterlab/translation';
import type { Answered } from '../../session/experiment/experiment';
import type { Entry } from '../../session/experiment/kept-experiments';
import { equal } from '../../state/defaults';
import { changesIn } from './in-words';

/**
 * What an experiment is called unless the user calls it otherwise: what was done to the picture. Another experiment of
 * which the same words hold keeps its name.
 *
 * @param model - Name of the model, where the view has several.
 */
export function entryName(
  { perturbation, before }: Pick<Answered, 'perturbation'> & { before: { image: number } },
  model: string | undefined,
  entries: readonly Entry[],
  trans: TranslationBundle
): string {
  const name = changesIn(perturbation, trans).join(', ');
  const others = new Set(
    entries
      .filter(
        entry => !(entry.image === before.image && entry.model === model && equal(entry.perturbation, perturbation))
      )
      .map(entry => entry.name)
  );
  let count = 1;
  const numbered = (): string => (count === 1 ? name : trans.__('%1 (%2)', name, count));
  while (others.has(numbered())) {
    count++;
  }
  return numbered();
}
