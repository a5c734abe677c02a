import * as React from 'react';
import { quotedClass } from '../../messages/class-message';
import { classSwatch } from '../../viewer/color/class-colors';
import { percentText } from '../../viewer/values/numbers';
import { useTrans } from '../shared/context';

/** The classes with their colours, numbers, names and shares of the picture, largest first; choosing one explains it. */
export function ClassLegend(props: {
  /** By class. */
  shares: readonly number[];
  name: (index: number) => string;
  selected: number | null;
  areIndependent: boolean;
  onPick: (index: number) => void;
}): React.ReactElement {
  const { shares, name, selected, areIndependent, onPick } = props;
  const trans = useTrans();
  const ranked = React.useMemo(
    () => shares.map((share, index) => ({ share, index })).sort((a, b) => b.share - a.share || a.index - b.index),
    [shares]
  );
  const seen = ranked.filter(({ share, index }) => share > 0 || index === selected);
  const unseen = ranked.filter(entry => !seen.includes(entry));
  const row = ({ share, index }: (typeof ranked)[number]): React.ReactElement => (
    <li key={index}>
      <button
        type="button"
        aria-pressed={index === selected}
        title={
          index === selected
            ? trans.__('The heatmap explains %1', quotedClass(name(index), index))
            : trans.__('Explain %1', quotedClass(name(index), index))
        }
        onClick={() => onPick(index)}
      >
        <span className="jp-GradLens-swatch" style={classSwatch(index)}>
          <span>{index}</span>
        </span>
        <span className="jp-GradLens-className">{name(index)}</span>
        <span className="jp-GradLens-classScore">{percentText(share)}</span>
      </button>
    </li>
  );
  return (
    <div className="jp-GradLens-legend">
      <p className="jp-GradLens-quiet">{trans.__('Share of the pixels')}</p>
      <ol aria-label={trans.__('Classes and their shares of the pixels')}>{seen.map(row)}</ol>
      {unseen.length > 0 && (
        <details>
          <summary>
            {trans._n(
              '%1 class is predicted nowhere',
              '%1 classes are predicted nowhere',
              unseen.length,
              unseen.length
            )}
          </summary>
          <ol>{unseen.map(row)}</ol>
        </details>
      )}
      {areIndependent && (
        <p className="jp-GradLens-quiet">
          {trans.__('Each class is predicted where it exceeds 0.5 by itself; the most probable one is drawn.')}
        </p>
      )}
    </div>
  );
}

/** A share that is not 0 does not read as if it were. */
