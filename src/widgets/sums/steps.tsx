import * as React from 'react';
import { useTrans } from '../shared/context';

/** Milliseconds from channel to channel while it plays; many channels go by faster, so that all take a minute at most. */
const PACE = 700;
const LONGEST = 60_000;

/** Goes from channel to channel: by one, to any, or by itself. */
export function Steps(props: {
  count: number;
  step: number;
  label: string;
  onStep: (step: number) => void;
}): React.ReactElement {
  const { count, step, label, onStep } = props;
  const trans = useTrans();
  const [isPlaying, setPlaying] = React.useState(false);
  const last = count - 1;
  React.useEffect(() => {
    if (!isPlaying) {
      return;
    }
    if (step >= last) {
      setPlaying(false);
      return;
    }
    const timer = setTimeout(() => onStep(step + 1), Math.min(PACE, LONGEST / count));
    return () => clearTimeout(timer);
  }, [isPlaying, step, last, count, onStep]);
  const to = (next: number): void => {
    setPlaying(false);
    onStep(Math.min(last, Math.max(0, next)));
  };
  return (
    <div role="group" className="jp-GradLens-sumSteps" aria-label={trans.__('Channels, step by step')}>
      <button
        type="button"
        className="jp-GradLens-button jp-GradLens-icon"
        aria-label={trans.__('Previous channel')}
        disabled={step === 0}
        onClick={() => to(step - 1)}
      >
        ‹
      </button>
      <button
        type="button"
        className="jp-GradLens-button"
        onClick={() => {
          if (!isPlaying && step >= last) {
            onStep(0);
          }
          setPlaying(!isPlaying);
        }}
      >
        {isPlaying ? trans.__('Pause') : trans.__('Play')}
      </button>
      <button
        type="button"
        className="jp-GradLens-button jp-GradLens-icon"
        aria-label={trans.__('Next channel')}
        disabled={step >= last}
        onClick={() => to(step + 1)}
      >
        ›
      </button>
      <input
        type="range"
        aria-label={trans.__('Channel')}
        aria-valuetext={label}
        min={0}
        max={last}
        value={step}
        onChange={event => to(Number(event.target.value))}
      />
      <output className="jp-GradLens-readout" aria-live={isPlaying ? 'off' : undefined}>
        {trans.__('%1 of %2: %3', step + 1, count, label)}
      </output>
    </div>
  );
}
