import * as React from 'react';
import type { Fill } from '../../perturb/perturbation';
import type { Experiment } from '../../session/experiment/experiment';
import { inverted } from '../../session/experiment/masks';
import type { DragTool } from '../../viewer/gestures';
import { useTrans } from '../shared/context';
import { Choice, Share } from '../shared/fields';
import { fillName } from './in-words';
import type { Cover } from './use-cover';

const FILLS: readonly Fill[] = ['black', 'grey', 'mean', 'blur', 'noise', 'surroundings'];

/** Chooses what is drawn and what stands in its place, and undoes. */
export function CoverTools(props: {
  experiment: Experiment;
  cover: Cover;
  /** Cells of the mask along its longer side. */
  longest: number;
  /** What the map marks at a threshold; null where there is no map. */
  marked: ((share: number) => Uint8Array) | null;
}): React.ReactElement {
  const { experiment, cover, longest, marked } = props;
  const trans = useTrans();
  const [threshold, setThreshold] = React.useState(0.5);
  const { history } = experiment.snapshot;
  const { fill = 'black', soft = 0 } = experiment.now;
  const pressed = (label: string, isPressed: boolean, onClick: () => void): React.ReactElement => (
    <button type="button" className="jp-GradLens-button" aria-pressed={isPressed} onClick={onClick}>
      {label}
    </button>
  );
  const tool = (name: DragTool, label: string): React.ReactElement =>
    pressed(label, cover.tool === name, () => cover.setTool(name));
  const act = (label: string, isDisabled: boolean, onClick: () => void, keys?: string): React.ReactElement => (
    <button
      type="button"
      className="jp-GradLens-button"
      disabled={isDisabled}
      aria-keyshortcuts={keys}
      title={keys?.replace('Control', 'Ctrl')}
      onClick={onClick}
    >
      {label}
    </button>
  );
  const isUncovered = experiment.now.cover === undefined;
  return (
    <div className="jp-GradLens-coverTools">
      <span role="group" aria-label={trans.__('Draw')} className="jp-GradLens-buttons">
        {tool('brush', trans.__('Brush'))}
        {tool('rectangle', trans.__('Rectangle'))}
        {tool('lasso', trans.__('Lasso'))}
        {pressed(trans.__('Eraser'), cover.isErasing, () => cover.setErasing(!cover.isErasing))}
      </span>
      <span role="group" aria-label={trans.__('History')} className="jp-GradLens-buttons">
        {act(trans.__('Undo'), history.past.length === 0, () => experiment.undo(), 'Control+Z')}
        {act(trans.__('Redo'), history.future.length === 0, () => experiment.redo(), 'Control+Shift+Z')}
        {act(trans.__('Invert'), false, cover.invert)}
        {act(trans.__('Clear'), isUncovered, cover.clear)}
      </span>
      <Pixels
        label={trans.__('Brush size')}
        min={1}
        max={Math.max(2, Math.round(longest / 2))}
        value={cover.size}
        onChange={cover.setSize}
      />
      <Pixels
        label={trans.__('Soft edge')}
        min={0}
        max={Math.max(2, Math.round(longest / 8))}
        value={soft}
        onChange={value => experiment.change({ soft: value })}
      />
      <Choice<Fill>
        label={trans.__('Fill with')}
        value={fill}
        options={FILLS.map(value => ({ value, label: fillName(value, trans) }))}
        onChange={value => experiment.change({ fill: value })}
      />
      {marked && (
        <span role="group" aria-label={trans.__('By the map')} className="jp-GradLens-buttons">
          <Share
            label={trans.__('From %1', `${Math.round(100 * threshold)} %`)}
            title={trans.__('Share of the map’s largest value from which it marks')}
            value={threshold}
            onChange={setThreshold}
          />
          {act(trans.__('Cover what the map marks'), false, () => cover.set(marked(threshold)))}
          {act(trans.__('Keep only that'), false, () => cover.set(inverted(marked(threshold))))}
        </span>
      )}
    </div>
  );
}

/** A labelled slider in pixels. */
function Pixels(props: {
  label: string;
  min: number;
  max: number;
  value: number;
  onChange: (value: number) => void;
}): React.ReactElement {
  const { label, min, max, value, onChange } = props;
  const trans = useTrans();
  return (
    <label className="jp-GradLens-field">
      <span>{label}</span>
      <input
        type="range"
        min={min}
        max={max}
        step={1}
        value={value}
        aria-valuetext={trans._n('%1 pixel', '%1 pixels', value, value)}
        onChange={event => onChange(Number(event.target.value))}
      />
      <output className="jp-GradLens-number" aria-hidden="true">
        {value}
      </output>
    </label>
  );
}
