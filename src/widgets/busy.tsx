import * as React from 'react';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { Progress } from '../engine/protocol';
import { useTrans } from './context';

/** 12_345_678 -> "12.3 MB". */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB'];
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return `${power === 0 ? value : value.toPrecision(3)} ${units[power]}`;
}

function describe(progress: Progress, trans: TranslationBundle): string {
  const { phase, done, total } = progress;
  switch (phase) {
    case 'read':
      return total > 0
        ? trans.__('Reading the model: %1 of %2', formatBytes(done), formatBytes(total))
        : trans.__('Reading the model: %1', formatBytes(done));
    case 'parse':
      return trans.__('Understanding the model’s file');
    case 'upload':
      return trans.__('Loading the weights');
    case 'forward':
      return total > 0 ? trans.__('Running the model: layer %1 of %2', done, total) : trans.__('Running the model');
    case 'backward':
      return trans.__('Computing gradients');
    case 'explain':
      return trans.__('Drawing the explanation');
  }
}

/** What is under way, how far it is, and a Cancel button. */
export function Busy(props: { progress: Progress; onCancel: () => void }): React.ReactElement {
  const trans = useTrans();
  const { done, total } = props.progress;
  const label = describe(props.progress, trans);
  return (
    <div className="jp-GradLens-busy">
      <progress aria-label={label} value={total > 0 ? done : undefined} max={total > 0 ? total : undefined} />
      <span className="jp-GradLens-busyText" role="status">
        {label}
      </span>
      <button type="button" className="jp-GradLens-button" onClick={props.onCancel}>
        {trans.__('Cancel')}
      </button>
    </div>
  );
}
