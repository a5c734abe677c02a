/** Describes work under way. */
import type { TranslationBundle } from '@jupyterlab/translation';
import type { Progress } from '../../engine/protocol/protocol';

/** A view's work under way. */
export interface Busy extends Progress {
  /** Seconds that the phase still takes; null as long as nobody knows. */
  secondsLeft: number | null;
}

/** 12_345_678 -> "12.3 MB". */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB'];
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return `${power === 0 ? value : value.toPrecision(3)} ${units[power]}`;
}

/** Seconds are counted one by one below ten, then by fives; minutes from 90 seconds on. */
function formatTimeLeft(seconds: number, trans: TranslationBundle): string {
  if (seconds >= 90) {
    return trans.__('%1 min left', Math.round(seconds / 60));
  }
  return trans.__('%1 s left', seconds < 10 ? Math.max(1, Math.ceil(seconds)) : 5 * Math.ceil(seconds / 5));
}

export function describeProgress({ phase, done, total, secondsLeft }: Busy, trans: TranslationBundle): string {
  switch (phase) {
    case 'read': {
      if (total === 0) {
        return trans.__('Reading the model: %1', formatBytes(done));
      }
      return secondsLeft === null
        ? trans.__('Reading the model: %1 of %2', formatBytes(done), formatBytes(total))
        : trans.__(
            'Reading the model: %1 of %2, %3',
            formatBytes(done),
            formatBytes(total),
            formatTimeLeft(secondsLeft, trans)
          );
    }
    case 'parse':
      return trans.__('Parsing the model');
    case 'upload':
      return trans.__('Loading the weights');
    case 'forward':
      return total > 0 ? trans.__('Running the model: layer %1 of %2', done, total) : trans.__('Running the model');
    case 'backward':
      return trans.__('Computing gradients');
    case 'explain':
      if (total <= 1) {
        return trans.__('Drawing the explanation');
      }
      return secondsLeft === null
        ? trans.__('Explaining: pass %1 of %2', done, total)
        : trans.__('Explaining: pass %1 of %2, %3', done, total, formatTimeLeft(secondsLeft, trans));
  }
}
