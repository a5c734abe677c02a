import * as React from 'react';
import { sharesOf } from '../../session/set/measure';
import { hasMasks, partsOf, type PartSource } from '../../session/set/parts';
import type { SetMap } from '../../session/set/set-maps';
import { percentText } from '../../viewer/values/numbers';
import { fileName } from '../export/file-name';
import { saveText, tellSaved } from '../export/save-file';
import { useTrans } from '../shared/context';
import { Choice } from '../shared/fields';
import { useSession, useViewProperty } from '../shared/view-context';
import { MaskFiles, useMasked } from './mask-files';
import type { SetProps } from './set-props';
import { meanOfRows, shareCsv, type ShareRow, shareRows } from './share-rows';
import { useComputed } from './use-computed';

/** Rows drawn at first, and with each press more. */
const ROWS = 50;

/** By image, how much of its map lies in the region that is drawn, or in its mask: sorted, with the mean. */
export function ShareTable(
  props: SetProps & {
    maps: ReadonlyMap<number, SetMap>;
    marked: ReadonlySet<number>;
    onMark: (marked: ReadonlySet<number>) => void;
    name: (index: number) => string;
    /** What the maps are, in words. */
    what: string;
  }
): React.ReactElement {
  const { payload, verdicts, maps, marked, onMark, name, what } = props;
  const session = useSession();
  const trans = useTrans();
  const region = useViewProperty('region');
  const shownImage = useViewProperty('image');
  const masked = useMasked();
  const masks = hasMasks(masked);
  const [chosen, setChosen] = React.useState<PartSource | null>(null);
  const source = chosen ?? (masks ? 'mask' : 'region');
  const [isRising, setRising] = React.useState(false);
  const [most, setMost] = React.useState(ROWS);
  const drawn = source === 'region' ? region : null;
  const compute = React.useCallback(
    (signal: AbortSignal) => sharesOf(maps, partsOf(masked, source, drawn), signal),
    [maps, masked, source, drawn]
  );
  const shares = useComputed(compute);
  const rows = React.useMemo(
    () => shareRows(maps, shares ?? new Map(), payload.images, verdicts, isRising),
    [maps, shares, payload, verdicts, isRising]
  );
  const mean = meanOfRows(rows);
  const hasTruth = verdicts.some(({ truth }) => truth !== null);
  const share = (value: number | null): string => (value === null ? '–' : percentText(value));
  const classOf = (index: number | null): string => (index === null ? '–' : name(index));
  const mark = (image: number): void => {
    const next = new Set(marked);
    if (!next.delete(image)) {
      next.add(image);
    }
    onMark(next);
  };
  const save = (): void => {
    const file = fileName(`shares of ${what}.csv`);
    saveText(file, 'text/csv', shareCsv(rows, name));
    tellSaved(file, trans);
  };
  const row = ({ image, label, truth, predicted, index, share: part, area, hit }: ShareRow): React.ReactElement => (
    <tr key={image} aria-current={image === shownImage ? 'true' : undefined}>
      <td>
        <input
          type="checkbox"
          aria-label={trans.__('Mark %1', label)}
          checked={marked.has(image)}
          onChange={() => mark(image)}
        />
      </td>
      <th scope="row">
        <button type="button" className="jp-GradLens-link" onClick={() => session.update({ image })}>
          <bdi>{label}</bdi>
        </button>
      </th>
      {hasTruth && <td>{classOf(truth)}</td>}
      <td>{classOf(predicted)}</td>
      <td>{index < 0 ? '–' : name(index)}</td>
      <td>{share(part)}</td>
      <td>{share(area)}</td>
      <td>{hit === null ? '–' : hit ? trans.__('yes') : trans.__('no')}</td>
    </tr>
  );
  return (
    <section aria-label={trans.__('Share inside a part of the picture')} className="jp-GradLens-setPart">
      <h4>{trans.__('Share inside a part of the picture')}</h4>
      {masks && (
        <Choice<PartSource>
          label={trans.__('Inside')}
          value={source}
          options={[
            { value: 'mask', label: trans.__('its mask') },
            { value: 'region', label: trans.__('the region drawn on the picture') }
          ]}
          onChange={setChosen}
        />
      )}
      <MaskFiles />
      <div className="jp-GradLens-shareSaid">
        {source === 'region' && (
          // Keeps its room once a region is drawn, so that the picture does not move while it is.
          <p style={{ visibility: region ? 'hidden' : 'visible' }}>
            {trans.__(
              'Draw a region on the picture first, with the tools “Measure a rectangle” or “Measure with a lasso”; or open a mask, or give mask=… in Python.'
            )}
          </p>
        )}
        {mean && (
          <p role="status">
            {trans._n(
              '%2 of the map lies inside; this part is %3 of what the map covers.',
              'On average %2 of the map lies inside; this part is %3 of what the map covers.',
              mean.count,
              share(mean.share),
              share(mean.area)
            )}
          </p>
        )}
      </div>
      <div className="jp-GradLens-setTable" tabIndex={0} role="region" aria-label={trans.__('Shares by image')}>
        <table className="jp-GradLens-shares">
          <thead>
            <tr>
              <th scope="col">{trans.__('Mark')}</th>
              <th scope="col">{trans.__('Image')}</th>
              {hasTruth && <th scope="col">{trans.__('True')}</th>}
              <th scope="col">{trans.__('Taken for')}</th>
              <th scope="col">{trans.__('Map of')}</th>
              <th scope="col" aria-sort={isRising ? 'ascending' : 'descending'}>
                <button type="button" className="jp-GradLens-link" onClick={() => setRising(!isRising)}>
                  {trans.__('Share inside')} <span aria-hidden="true">{isRising ? '▲' : '▼'}</span>
                </button>
              </th>
              <th scope="col">{trans.__('Its area')}</th>
              <th scope="col" title={trans.__('The pointing game: the highest pixel of the map is inside')}>
                {trans.__('Peak inside')}
              </th>
            </tr>
          </thead>
          <tbody>{rows.slice(0, most).map(row)}</tbody>
          <tfoot>
            <tr>
              <td />
              <th scope="row" colSpan={hasTruth ? 4 : 3}>
                {trans._n('Mean of %1 map', 'Mean of %1 maps', mean?.count ?? 0)}
              </th>
              <td>{share(mean?.share ?? null)}</td>
              <td>{share(mean?.area ?? null)}</td>
              <td>{share(mean?.hits ?? null)}</td>
            </tr>
          </tfoot>
        </table>
      </div>
      <div className="jp-GradLens-setControls">
        {rows.length > most && (
          <button type="button" className="jp-GradLens-button" onClick={() => setMost(most + ROWS)}>
            {trans.__('Show more of the %1 rows', rows.length)}
          </button>
        )}
        <button type="button" className="jp-GradLens-button" disabled={!mean} onClick={save}>
          {trans.__('Save the table (CSV)')}
        </button>
      </div>
      <p className="jp-GradLens-note">
        {trans.__(
          'By pixels, of the positive values of a map laid over its picture: the part that lies inside. (The tools under the map count its cells, each whole, so the same region can have another share there.) A map of equal values would have the area’s share. A map without positive values has none, and is not in the mean.'
        )}
      </p>
    </section>
  );
}
