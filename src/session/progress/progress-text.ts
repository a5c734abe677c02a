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

/** 0.0123 -> "12 ms", 0.93 -> "0.9 s", 12.3 -> "12 s", 65 -> "1 min 5 s", 4000 -> "1 h 7 min"; never nothing. */
export function formatDuration(seconds: number, trans: TranslationBundle): string {
  if (seconds < 0.0995) {
    return trans.__('%1 ms', Math.max(1, Math.round(1000 * seconds)));
  }
  if (seconds < 9.95) {
    return trans.__('%1 s', seconds.toFixed(1));
  }
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  if (minutes === 0) {
    return trans.__('%1 s', whole);
  }
  if (whole < 3600) {
    return whole % 60 === 0 ? trans.__('%1 min', minutes) : trans.__('%1 min %2 s', minutes, whole % 60);
  }
  const all = Math.round(seconds / 60);
  return trans.__('%1 h %2 min', Math.floor(all / 60), all % 60);
}

/** An estimate: seconds are counted one by one below ten, then by fives, and from ten minutes on by minutes. */
function formatTimeLeft(seconds: number, trans: TranslationBundle): string {
  const step = seconds < 10 ? 1 : seconds < 600 ? 5 : 60;
  const rounded = Math.max(1, step * Math.ceil(seconds / step));
  return trans.__('%1 left', rounded < 10 ? trans.__('%1 s', rounded) : formatDuration(rounded, trans));
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
    case 'check':
      return secondsLeft === null
        ? trans.__('Checking: %1 of %2', done, total)
        : trans.__('Checking: %1 of %2, %3', done, total, formatTimeLeft(secondsLeft, trans));
    case 'grow':
      return secondsLeft === null
        ? trans.__('Growing patterns: step %1 of %2', done, total)
        : trans.__('Growing patterns: step %1 of %2, %3', done, total, formatTimeLeft(secondsLeft, trans));
    case 'rank':
      return secondsLeft === null
        ? trans.__('Scoring without each channel: %1 of %2', done, total)
        : trans.__('Scoring without each channel: %1 of %2, %3', done, total, formatTimeLeft(secondsLeft, trans));
    case 'judge':
      return secondsLeft === null
        ? trans.__('Judging channels: %1 of %2', done, total)
        : trans.__('Judging channels: %1 of %2, %3', done, total, formatTimeLeft(secondsLeft, trans));
    case 'set':
      return secondsLeft === null
        ? trans.__('Explaining the images: %1 of %2', done, total)
        : trans.__('Explaining the images: %1 of %2, %3', done, total, formatTimeLeft(secondsLeft, trans));
    case 'models':
      return trans.__('Asking the models: %1 of %2', done, total);
    case 'silent':
      return trans.__('No answer from the computation for %1: Cancel ends it', formatDuration(done, trans));
  }
}
