/** How much of a sum is sent to the page. */
import { message } from '../../../messages/message';
import { RefusalError } from '../../protocol/errors';

/** Summands of one value at most: 2 MB of values and weights. */
export const MOST_SUMMANDS = 2 ** 18;

/** @throws RefusalError for a value that has more summands than are shown. */
export function refuseOver(summands: number): void {
  if (summands > MOST_SUMMANDS) {
    throw new RefusalError(
      message(
        'This value is a sum of %1 products, more than the %2 that are shown: choose a cell of a layer with fewer inputs.',
        summands.toLocaleString('en'),
        MOST_SUMMANDS.toLocaleString('en')
      )
    );
  }
}
