import type { ModelSummary } from '../../graph/layer-info';
import type { NamedGuess } from '../../results/predictions';
import type { Result, ResultsModel } from '../../results/result';
import type { StoredResults } from '../../results/stored-results';

/** What a view's controller needs of the place where results are kept. */
export interface ResultStore {
  /**
   * What was stored with the view; null if nothing was. Rejects with a message if it cannot be read.
   *
   * @param isWanted - Of several models, the one whose results are read; where there is none, those of any.
   */
  read(isWanted?: (of: ResultsModel) => boolean): Promise<StoredResults | null>;
  /** Takes up what was computed, for good: it is stored when the view next writes. */
  add(result: Result, model: ModelSummary, of: ResultsModel): void;
  /** Takes up what the model takes images for. */
  addGuesses(found: readonly NamedGuess[], model: ModelSummary, of: ResultsModel): void;
}
