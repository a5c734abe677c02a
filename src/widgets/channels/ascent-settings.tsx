import * as React from 'react';
import { ASCENT_DEFAULTS, type AscentSettings as Settings } from '../../explain/channels/ascent';
import { useTrans } from '../shared/context';

/** How pictures grow, as it is set. */
export interface Growing extends Settings {
  /** The first of the seeds, which are numbered on from it. */
  seed: number;
  count: number;
}

export const USUAL: Readonly<Growing> = { ...ASCENT_DEFAULTS, seed: 1, count: 4 };

/** Numbers that say how a picture grows. */
export function AscentSettings(props: { value: Growing; onChange(value: Growing): void }): React.ReactElement {
  const { value, onChange } = props;
  const trans = useTrans();
  const field = (name: keyof Growing, label: string, least: number, most: number, step: number): React.ReactElement => (
    <label className="jp-GradLens-field">
      <span>{label}</span>
      <input
        type="number"
        className="jp-GradLens-input"
        min={least}
        max={most}
        step={step}
        value={value[name]}
        onChange={event => {
          const typed = event.target.valueAsNumber;
          if (typed >= least && typed <= most) {
            onChange({ ...value, [name]: step >= 1 ? Math.round(typed) : typed });
          }
        }}
      />
    </label>
  );
  return (
    <details className="jp-GradLens-growing">
      <summary>{trans.__('Settings')}</summary>
      <div className="jp-GradLens-growingFields">
        {field('count', trans.__('Pictures'), 1, 8, 1)}
        {field('seed', trans.__('First seed'), 0, 2 ** 31, 1)}
        {field('steps', trans.__('Steps'), 1, 2000, 1)}
        {field('rate', trans.__('Step size (share of the range)'), 0.001, 1, 0.001)}
        {field('jitter', trans.__('Jitter (pixels)'), 0, 64, 1)}
        {field('tv', trans.__('Total variation'), 0, 2, 0.01)}
        {field('l2', trans.__('Pull towards gray'), 0, 5, 0.01)}
        {field('blurEvery', trans.__('Blur every … steps (0: never)'), 0, 100, 1)}
        {field('blurSigma', trans.__('Width of the blur (pixels)'), 0, 8, 0.1)}
      </div>
      <button type="button" className="jp-GradLens-button" onClick={() => onChange(USUAL)}>
        {trans.__('Usual settings')}
      </button>
    </details>
  );
}
