import * as React from 'react';
import { type CellOf, indexOf, type ProductParts } from '../../engine/protocol/sums';
import { formatNumber } from '../../viewer/values/numbers';
import { useTrans } from '../shared/context';

const SHOWN = 8;

/** Of a sum with one product a channel, as Dense: the largest products, and the sum of the rest. */
export function ProductList({
  parts,
  onOpen
}: {
  parts: ProductParts;
  onOpen: (cell: CellOf) => void;
}): React.ReactElement {
  const trans = useTrans();
  const { sums, values, weights, channels, rowsAt, columnsAt } = parts;
  const ranked = React.useMemo(
    () => Array.from(sums.keys()).sort((a, b) => Math.abs(sums[b]) - Math.abs(sums[a]) || a - b),
    [sums]
  );
  const rest = ranked.slice(SHOWN);
  const largest = Math.abs(sums[ranked[0]] ?? 0) || 1;
  return (
    <div className="jp-GradLens-cell jp-GradLens-sumList">
      <ol aria-label={trans.__('Largest products')}>
        {ranked.slice(0, SHOWN).map(i => (
          <li key={i}>
            <button
              type="button"
              title={trans.__('See what made it')}
              onClick={() => {
                const place = { row: rowsAt[0], column: columnsAt[0], channel: channels[i] };
                onOpen({ layer: parts.from, at: indexOf(parts.layout, place, parts.prefix) });
              }}
            >
              <span>{trans.__('input %1', channels[i])}</span>
              <span className="jp-GradLens-cellBar" data-sign={sums[i] < 0 ? 'minus' : 'plus'}>
                <span style={{ width: `${(100 * Math.abs(sums[i])) / largest}%` }} />
              </span>
              <span className="jp-GradLens-cellValue">
                {`${formatNumber(values[i], 3)} × ${formatNumber(weights[i], 3)} = ${formatNumber(sums[i])}`}
              </span>
            </button>
          </li>
        ))}
      </ol>
      {rest.length > 0 && (
        <p className="jp-GradLens-note">
          {trans._n(
            '%1 more product adds %2',
            '%1 more products add %2',
            rest.length,
            rest.length.toLocaleString(),
            formatNumber(rest.reduce((all, i) => all + sums[i], 0))
          )}
        </p>
      )}
    </div>
  );
}
