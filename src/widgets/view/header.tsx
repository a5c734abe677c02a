import * as React from 'react';
import type { RunResult } from '../../engine/protocol/protocol';
import type { ModelSummary } from '../../graph/layer-info';
import { formatShape } from '../../layers/layer-search';
import { formatDuration } from '../../session/progress/progress-text';
import { formatNumber } from '../../viewer/values/numbers';
import { useServices } from '../shared/context';
import { MiddleCut } from '../shared/middle-cut';

/** The model's name and size, and the backend that ran it. */
export function Header(props: {
  title: string;
  model: ModelSummary | null;
  run: RunResult | null;
  /** Name of the input whose picture is shown; undefined: the first. */
  input: string | undefined;
  /** True of what the notebook kept, which nothing has computed now. */
  isStored: boolean;
  /** At the end of the line. */
  children?: React.ReactNode;
}): React.ReactElement {
  const { title, model, run, input, isStored, children } = props;
  const { trans, isStandalone } = useServices();
  const facts: string[] = [];
  if (model) {
    const seen = model.inputs.find(({ name }) => name === input) ?? model.inputs[0];
    const others = model.inputs.filter(one => one !== seen);
    const fed = run?.fed[seen?.name ?? ''];
    const shapeOf = ({ shape }: ModelSummary['inputs'][number]): string => formatShape(shape.slice(1));
    facts.push(
      trans.__('%1 layers', model.layers.length),
      trans.__('%1 parameters', model.parameters.toLocaleString()),
      ...(!seen
        ? []
        : others.length > 0
          ? [trans.__('input %1 %2', seen.name, shapeOf(seen))]
          : [trans.__('input %1', shapeOf(seen))]),
      ...(fed ? [trans.__('fed %1 … %2', formatNumber(fed[0], 3), formatNumber(fed[1], 3))] : []),
      ...(others.length > 0
        ? [trans.__('beside %1', others.map(other => `${other.name} ${shapeOf(other)}`).join(', '))]
        : [])
    );
  }
  const times = run?.timings;
  return (
    <header className="jp-GradLens-header">
      <ModelName name={title} />
      <span className="jp-GradLens-facts" title={facts.join(' · ')}>
        {facts.join(' · ')}
      </span>
      <span className="jp-GradLens-headerEnd">
        {isStored && (
          <span
            className="jp-GradLens-backend"
            title={[
              isStandalone
                ? trans.__('The model is not there: this is what was looked at before the page was saved.')
                : trans.__('The model is not there: this is what was looked at before the notebook was saved.'),
              trans.__('Explanations are stored to 11 bits, feature maps to 1/510 of the range of each channel.')
            ].join(' ')}
          >
            {isStandalone ? trans.__('as stored in this page') : trans.__('as stored with the notebook')}
          </span>
        )}
        {run && times && !isStored && (
          <span
            className="jp-GradLens-backend"
            title={trans.__(
              'Computed in this browser by the %1 backend of TensorFlow.js: forward %2, gradients %3',
              run.backend,
              formatDuration(times.forward / 1000, trans),
              formatDuration(times.backward / 1000, trans)
            )}
          >
            {`${BACKEND_LABELS[run.backend]} · ${formatDuration((times.forward + times.backward + times.explain) / 1000, trans)}`}
          </span>
        )}
        {children}
      </span>
    </header>
  );
}

/** The heading of a view. */
export function ModelName({ name }: { name: string }): React.ReactElement {
  return (
    <h2 title={name} aria-label={name}>
      <MiddleCut text={name} tail={NAME_TAIL} />
    </h2>
  );
}

/** Of a file's name: its version and ending. */
const NAME_TAIL = 10;

const BACKEND_LABELS = { webgl: 'WebGL', wasm: 'WASM', cpu: 'CPU' };
