import * as React from 'react';
import type { Perturbation } from '../../perturb/perturbation';
import type { Experiment } from '../../session/experiment/experiment';
import { type ChangeName, changeOf, scoreCurve, withChange } from '../../session/experiment/score-curve';
import type { Explained } from '../../session/model/explained';
import { formatNumber } from '../../viewer/values/numbers';
import { useTrans } from '../shared/context';
import { useController } from '../shared/view-context';
import { type Slider, slidersOf } from './sliders';

/** Values of a slider at which the curve is computed, besides its ends. */
const STEPS = 16;

/** Milliseconds without a change after which the curve is computed: the scores and the map go first. */
const REST = 400;

/** Sliders that change the whole picture, and a curve of the explained class's score over the one used last. */
export function Changes(props: {
  experiment: Experiment;
  explained: Explained;
  /** Of the picture, in pixels. */
  size: { width: number; height: number };
  /** Of the class that is explained. */
  name: string;
}): React.ReactElement {
  const { experiment, explained, size, name } = props;
  const trans = useTrans();
  const sliders = slidersOf(size, trans);
  const [used, setUsed] = React.useState<ChangeName | null>(null);
  const slider = sliders.find(one => one.name === used);
  const now = experiment.now;
  return (
    <div role="group" aria-label={trans.__('Change the whole picture')} className="jp-GradLens-changes">
      <div className="jp-GradLens-sliders">
        {sliders.map(({ name: of, label, min, max, step }) => (
          <label key={of} className="jp-GradLens-field">
            <span>{label}</span>
            <input
              type="range"
              min={min}
              max={max}
              step={step}
              value={changeOf(now, of)}
              onChange={event => {
                setUsed(of);
                experiment.draw(withChange(now, of, Number(event.target.value)));
              }}
              onPointerUp={() => experiment.change()}
              onKeyUp={() => experiment.change()}
              onBlur={() => experiment.snapshot.draft && experiment.change()}
            />
            <output className="jp-GradLens-number" aria-hidden="true">
              {formatNumber(changeOf(now, of))}
            </output>
          </label>
        ))}
      </div>
      {slider && <Curve slider={slider} perturbation={now} explained={explained} name={name} />}
    </div>
  );
}

function Curve(props: {
  slider: Slider;
  perturbation: Perturbation;
  explained: Explained;
  name: string;
}): React.ReactElement {
  const { slider, perturbation, explained, name } = props;
  const { name: of, label, min, max, step } = slider;
  const controller = useController();
  const trans = useTrans();
  const [curve, setCurve] = React.useState<{ of: string; values: number[]; scores: (number | null)[] } | null>(null);
  const values = React.useMemo(() => {
    const steps = Array.from({ length: STEPS + 1 }, (_, i) => min + ((max - min) * i) / STEPS);
    return [...new Set(steps.map(value => Number((Math.round(value / step) * step).toFixed(6))))];
  }, [min, max, step]);
  // The curve is the same wherever its own slider stands.
  const others = JSON.stringify({ ...perturbation, ...withChange(perturbation, of, of === 'contrast' ? 1 : 0) });
  const key = JSON.stringify([of, explained.inputKey, explained.run.targets[0]?.index, explained.run.output, others]);
  React.useEffect(() => {
    const abort = new AbortController();
    const base = JSON.parse(others) as Perturbation;
    const timer = setTimeout(() => {
      const all = values.map(value => ({ ...base, ...withChange(base, of, value) }));
      scoreCurve(controller, explained, all, abort.signal).then(
        scores => setCurve({ of: key, values, scores }),
        () => undefined
      );
    }, REST);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [controller, explained, of, others, key, values]);
  const known = curve?.of === key ? curve : null;
  const scores = known?.scores.map(score => score ?? NaN) ?? [];
  const finite = scores.filter(Number.isFinite);
  const isShare = finite.every(score => score >= 0 && score <= 1);
  const [low, high] = isShare ? [0, 1] : [Math.min(...finite), Math.max(...finite)];
  const x = (value: number): number => (100 * (value - min)) / (max - min);
  const y = (score: number): number => 100 - (100 * (score - low)) / (high - low || 1);
  const points = known?.values.flatMap((value, i) =>
    Number.isFinite(scores[i]) ? [`${x(value)},${y(scores[i])}`] : []
  );
  const at = x(changeOf(perturbation, of));
  const title = trans.__('Score of %1 by %2', name, label.toLowerCase());
  return (
    <figure className="jp-GradLens-curve">
      <figcaption>
        {title}
        <span className="jp-GradLens-facts">
          {finite.length > 0 ? ` ${formatNumber(Math.min(...finite))} … ${formatNumber(Math.max(...finite))}` : ' …'}
        </span>
      </figcaption>
      <svg viewBox="0 0 100 100" preserveAspectRatio="none" role="img" aria-label={spoken(title, known, scores)}>
        <line x1={at} x2={at} y1={0} y2={100} className="jp-mod-now" />
        {points && <polyline points={points.join(' ')} />}
      </svg>
      <div className="jp-GradLens-curveEnds" aria-hidden="true">
        <span>{formatNumber(min)}</span>
        <span>{formatNumber(max)}</span>
      </div>
    </figure>
  );
}

/** The curve in numbers, for those who do not see it. */
const spoken = (title: string, known: { values: number[] } | null, scores: readonly number[]): string =>
  known
    ? `${title}: ${known.values.map((value, i) => `${formatNumber(value)}: ${formatNumber(scores[i])}`).join(', ')}`
    : title;
