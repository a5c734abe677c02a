import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { CHANNEL_KINDS, type ChannelKind } from '../../explain/channels/health';
import { percentText } from '../../viewer/values/numbers';
import { useTrans } from '../shared/context';
import type { JudgedLayer } from './judged-layers';

export const kindNames = (trans: TranslationBundle): Record<ChannelKind, string> => ({
  dead: trans.__('dead'),
  constant: trans.__('constant'),
  saturated: trans.__('saturated'),
  duplicate: trans.__('near-duplicate'),
  live: trans.__('none of these')
});

/** Of a bar, in CSS pixels. */
const WIDEST = 49;

/** A bar a layer, from the input to the output, with the share of each kind of channel; and the same as a table. */
export function HealthChart(props: {
  judged: readonly JudgedLayer[];
  chosen: string | null;
  onChoose: (layer: string) => void;
}): React.ReactElement {
  const { judged, chosen, onChoose } = props;
  const trans = useTrans();
  const names = kindNames(trans);
  const bars = React.useRef<HTMLDivElement>(null);
  const at = judged.findIndex(({ layer }) => layer === chosen);
  const onKeyDown = (event: React.KeyboardEvent): void => {
    const steps: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity };
    const step = steps[event.key];
    if (step !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      const next = Math.min(judged.length - 1, Math.max(0, at + step));
      onChoose(judged[next].layer);
      (bars.current?.children[next] as HTMLElement | undefined)?.focus();
    }
  };
  return (
    <figure className="jp-GradLens-healthChart">
      <div
        ref={bars}
        role="toolbar"
        aria-label={trans.__('Layers, from the input to the output')}
        className="jp-GradLens-healthBars"
        onKeyDown={onKeyDown}
      >
        {judged.map(one => (
          <button
            key={one.layer}
            type="button"
            tabIndex={one.layer === chosen || (at < 0 && one === judged[0]) ? 0 : -1}
            aria-pressed={one.layer === chosen}
            aria-label={inWords(one, names, trans)}
            title={inWords(one, names, trans)}
            onClick={() => onChoose(one.layer)}
          >
            {CHANNEL_KINDS.map(kind => (
              <span key={kind} data-kind={kind} style={{ flexGrow: one.counts[kind] }} />
            ))}
          </button>
        ))}
      </div>
      <div className="jp-GradLens-healthEnds" aria-hidden="true" style={{ maxWidth: WIDEST * judged.length }}>
        <span>{trans.__('input')}</span>
        <span>{trans.__('output')}</span>
      </div>
      <figcaption>
        {CHANNEL_KINDS.map(kind => (
          <span key={kind}>
            <span data-kind={kind} aria-hidden="true" />
            {names[kind]}
          </span>
        ))}
      </figcaption>
      <details>
        <summary>{trans.__('Values')}</summary>
        <div
          className="jp-GradLens-checkTable"
          tabIndex={0}
          role="region"
          aria-label={trans.__('Shares of channels by layer')}
        >
          <table className="jp-GradLens-scores">
            <thead>
              <tr>
                <th scope="col">{trans.__('Layer')}</th>
                <th scope="col">{trans.__('Channels')}</th>
                {CHANNEL_KINDS.map(kind => (
                  <th key={kind} scope="col">
                    {names[kind]}
                  </th>
                ))}
                <th scope="col">{trans.__('values at an end')}</th>
              </tr>
            </thead>
            <tbody>
              {judged.map(one => (
                <tr key={one.layer} className={one.layer === chosen ? 'jp-mod-explained' : undefined}>
                  <th scope="row">
                    <button type="button" className="jp-GradLens-link" onClick={() => onChoose(one.layer)}>
                      {one.layer}
                    </button>
                  </th>
                  <td>{one.channels}</td>
                  {CHANNEL_KINDS.map(kind => (
                    <td key={kind}>{one.counts[kind] === 0 ? '–' : percentText(one.counts[kind] / one.channels)}</td>
                  ))}
                  <td>{one.atEnds === null ? '–' : percentText(one.atEnds)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}

/** “conv2: 3 of 32 channels dead, 1 near-duplicate”. */
function inWords(
  { layer, channels, counts }: JudgedLayer,
  names: Record<ChannelKind, string>,
  trans: TranslationBundle
): string {
  const some = CHANNEL_KINDS.filter(kind => kind !== 'live' && counts[kind] > 0);
  return some.length === 0
    ? trans.__('%1: %2 channels, all live', layer, channels)
    : trans.__('%1: of %2 channels %3', layer, channels, some.map(kind => `${counts[kind]} ${names[kind]}`).join(', '));
}
