import * as React from 'react';
import { channelWeight } from '../../explain/channel-weight';
import { isInputMethod } from '../../explain/kinds';
import { type Message, message, translated } from '../../messages/message';
import type { Explained } from '../../session/model/explained';
import { METHOD_LABELS } from '../../state/methods';
import type { Cursor, MethodName, Region } from '../../state/view-state';
import { cellAt } from '../../viewer/layout/map-grid';
import { formatNumber } from '../../viewer/values/numbers';
import { useServices, useTrans } from '../shared/context';
import { useModel, useSession } from '../shared/view-context';
import type { Parts } from './use-contributions';

const SHOWN = 8;

/** One cell of an explanation taken apart: the channels that make its value, largest first, and their sum. */
export function CellPanel(props: {
  explained: Explained;
  /** The part of the image that the explanation covers. */
  region: Region;
  cursor: Cursor;
  parts: Parts;
}): React.ReactElement | null {
  const { explained, region, cursor, parts } = props;
  const { session, snapshot } = useModel();
  const { trans } = useServices();
  const [, height, width] = explained.run.maps[explained.layer].shape;
  const cell = cellAt({ width, height, region }, cursor);
  const at = cell ? cell.row * width + cell.column : 0;
  const { planes } = parts;
  const values = React.useMemo(() => {
    const size = width * height;
    return planes && Float64Array.from({ length: planes.length / size }, (_, channel) => planes[channel * size + at]);
  }, [planes, at, width, height]);
  if (!cell) {
    return null;
  }
  const activations = explained.run.planes[explained.layer]?.data;
  const cells = width * height;
  // Stored activations are rounded: they and the weights would not multiply to the parts.
  const factors =
    explained.method === 'grad-cam' && !snapshot.stored && planes?.length === activations?.length && planes
      ? (channel: number): [number, number] => [
          channelWeight(planes, activations, channel, cells),
          activations[channel * cells + at]
        ]
      : null;
  const reason = whyWhole(explained) ?? parts.problem;
  const close = (): void => session.update({ probe: null });
  return (
    <section role="group" className="jp-GradLens-cell" aria-label={trans.__('What makes this cell')}>
      <div className="jp-GradLens-caption">
        <h3>{trans.__('What makes row %1, column %2', cell.row, cell.column)}</h3>
        <button
          type="button"
          className="jp-GradLens-button jp-GradLens-icon"
          aria-label={trans.__('Close')}
          onClick={close}
        >
          ×
        </button>
      </div>
      {reason !== null && <p className="jp-GradLens-note">{translated(reason, trans)}</p>}
      {values === null ? (
        reason === null && <p className="jp-GradLens-note">{trans.__('Taking the map apart…')}</p>
      ) : (
        <Bars
          values={values}
          method={explained.method}
          shown={explained.run.maps[explained.layer].data[at]}
          factors={factors}
        />
      )}
    </section>
  );
}

/** Why a map is no sum over channels; null if it is one. */
function whyWhole({ method, convention }: Explained): Message | null {
  if (isInputMethod(method)) {
    return message(
      '%1 is made at the model’s input, not from the channels of a layer: its cells have no parts.',
      METHOD_LABELS[method]
    );
  }
  return convention === null
    ? null
    : message(
        'The map as %1 draws it is scaled, so its cells are no sums any more; draw it as in the paper to take them apart.',
        convention
      );
}

function Bars(props: {
  values: Float64Array;
  method: MethodName;
  shown: number;
  /** Of Grad-CAM: a channel's weight, and its activation at the cell. */
  factors: ((channel: number) => [weight: number, activation: number]) | null;
}): React.ReactElement {
  const { values, method, shown, factors } = props;
  const session = useSession();
  const trans = useTrans();
  const ranked = React.useMemo(
    () =>
      Array.from(values, (value, channel) => ({ value, channel })).sort(
        (a, b) => Math.abs(b.value) - Math.abs(a.value) || a.channel - b.channel
      ),
    [values]
  );
  const first = ranked.slice(0, SHOWN);
  const rest = ranked.slice(SHOWN);
  const sum = (of: readonly { value: number }[]): number => of.reduce((all, { value }) => all + value, 0);
  const largest = Math.abs(first[0]?.value ?? 0) || 1;
  return (
    <>
      {factors && (
        <p className="jp-GradLens-note">
          {trans.__('Each channel: its weight α, the mean of the score’s gradient, × its activation at the cell.')}
        </p>
      )}
      <ol>
        {first.map(({ channel, value }) => (
          <li key={channel}>
            <button
              type="button"
              title={trans.__('Enlarge channel %1', channel)}
              onClick={() => session.update({ channel })}
            >
              <span>{trans.__('channel %1', channel)}</span>
              <span className="jp-GradLens-cellBar" data-sign={value < 0 ? 'minus' : 'plus'}>
                <span style={{ width: `${(100 * Math.abs(value)) / largest}%` }} />
              </span>
              <span className="jp-GradLens-cellValue">
                {factors && (
                  <span className="jp-GradLens-cellFactors">
                    {`${factors(channel)
                      .map(factor => formatNumber(factor, 3))
                      .join(' × ')} = `}
                  </span>
                )}
                {formatNumber(value)}
              </span>
            </button>
          </li>
        ))}
      </ol>
      <p className="jp-GradLens-note">
        {[
          ...(rest.length > 0 ? [trans.__('%1 more channels add %2', rest.length, formatNumber(sum(rest)))] : []),
          trans.__('all sum to %1', formatNumber(sum(ranked))),
          ...(method === 'eigen-cam' ? [] : [trans.__('after ReLU %1', formatNumber(Math.max(sum(ranked), 0)))]),
          trans.__('%1 shows %2', METHOD_LABELS[method], formatNumber(shown))
        ].join(' · ')}
      </p>
    </>
  );
}
