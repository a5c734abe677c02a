import * as React from 'react';
import { anchorOf, channelOf, highestAt, type SpatialOutput } from '../../classes/spatial-output';
import { isCellTarget } from '../../state/targets';
import type { Cursor, GridLayout } from '../../state/view-state';
import { drawCellPicture } from '../../viewer/draw/cell-picture';
import { cellAt } from '../../viewer/layout/map-grid';
import { formatNumber } from '../../viewer/values/numbers';
import { minMax } from '../../viewer/values/statistics';
import { OutputChoice } from '../classes/class-list';
import { MapCanvas } from '../map/map-canvas';
import { LiveText } from '../map/readout';
import { useTrans } from '../shared/context';
import { Choice } from '../shared/fields';
import { useSession, useViewProperty } from '../shared/view-context';
import type { SpatialPanelProps } from './panel-props';

/** A detector's grid over the picture: a cell is chosen there, then one of its anchors and a class of that. */
export function GridPanel(props: SpatialPanelProps & { layout: GridLayout }): React.ReactElement {
  const { output, layout, scores, name, picture, aspect } = props;
  const session = useSession();
  const trans = useTrans();
  const target = useViewProperty('target');
  const { rows, columns, region } = output;
  const grid = React.useMemo(() => ({ width: columns, height: rows, region }), [columns, rows, region]);
  const strengths = React.useMemo(() => confidences(output, layout), [output, layout]);
  const given = isCellTarget(target) ? target : null;
  const isInside = given !== null && given.cell[0] < rows && given.cell[1] < columns && given.channel < output.channels;
  const chosen = isInside ? given : null;
  const at = chosen ? chosen.cell[0] * columns + chosen.cell[1] : null;
  const drawn = React.useMemo(
    () =>
      drawCellPicture(picture && { source: picture, width: picture.width, height: picture.height }, aspect, {
        rows,
        columns,
        region,
        strengths: relative(strengths),
        chosen: at
      }),
    [picture, aspect, rows, columns, region, strengths, at]
  );
  const explain = (cell: readonly [number, number], channel: number): void =>
    session.explain({ target: { cell, channel } });
  const pick = (cursor: Cursor): void => {
    const cell = cellAt(grid, cursor);
    if (cell) {
      explain([cell.row, cell.column], highestAt(output, layout, cell.row * columns + cell.column));
    }
  };
  const text = (cursor: Cursor | null): string => {
    const cell = cursor && cellAt(grid, cursor);
    if (!cell) {
      return trans.__('Point at a cell to read its confidence');
    }
    const here = cell.row * columns + cell.column;
    const best = anchorOf(layout, highestAt(output, layout, here));
    return [
      trans.__('row %1, column %2 of %3×%4', cell.row, cell.column, rows, columns),
      trans.__('confidence %1 of anchor %2', formatNumber(strengths[here]), best.anchor),
      best.class === null ? '' : name(best.class)
    ].join(' · ');
  };
  return (
    <section role="group" className="jp-GradLens-segmentation" aria-label={trans.__('Detector’s grid')}>
      <div className="jp-GradLens-caption">
        <h3>{trans.__('Detector’s grid')}</h3>
        <OutputChoice scores={scores} />
      </div>
      <div className="jp-GradLens-segments">
        <div className="jp-GradLens-segmentsPicture">
          <MapCanvas
            picture={drawn}
            aspect={aspect}
            isPlain
            divider={null}
            tool="move"
            cells={grid}
            label={trans.__('Cells over the image: the brighter, the more confident')}
            onPick={pick}
          />
        </div>
        {chosen && at !== null ? (
          <CellClasses {...props} cell={chosen.cell} at={at} channel={chosen.channel} onPick={explain} />
        ) : (
          <p className="jp-GradLens-note">
            {trans.__('Click a cell to explain it, or walk there with arrow keys and press Enter.')}
          </p>
        )}
      </div>
      <LiveText label={trans.__('Cell under the cursor')} text={text} />
    </section>
  );
}

/** The anchors of a cell, and of one of them its confidence and its classes. */
function CellClasses(
  props: Pick<SpatialPanelProps, 'output' | 'name'> & {
    layout: GridLayout;
    cell: readonly [number, number];
    /** Index of the cell. */
    at: number;
    channel: number;
    onPick: (cell: readonly [number, number], channel: number) => void;
  }
): React.ReactElement {
  const { output, layout, name, cell, at, channel, onPick } = props;
  const trans = useTrans();
  const { anchor, class: of } = anchorOf(layout, channel);
  const value = (which: number): number => output.values[at * output.channels + which];
  const rows = [null, ...Array(layout.classes).keys()];
  return (
    <div className="jp-GradLens-legend">
      <div className="jp-GradLens-caption">
        <span>{trans.__('Cell [%1]', cell.join(', '))}</span>
        {layout.anchors > 1 && (
          <Choice<string>
            label={trans.__('Anchor')}
            value={String(anchor)}
            options={Array.from({ length: layout.anchors }, (_, one) => ({
              value: String(one),
              label: trans.__('%1 (confidence %2)', one, formatNumber(value(channelOf(layout, one, null))))
            }))}
            onChange={one => onPick(cell, channelOf(layout, Number(one), of))}
          />
        )}
      </div>
      <ol aria-label={trans.__('Numbers of the anchor')}>
        {rows.map(one => {
          const which = channelOf(layout, anchor, one);
          return (
            <li key={which}>
              <button type="button" aria-pressed={which === channel} onClick={() => onPick(cell, which)}>
                <span className="jp-GradLens-className">{one === null ? trans.__('confidence') : name(one)}</span>
                <span className="jp-GradLens-classScore">{formatNumber(value(which))}</span>
              </button>
            </li>
          );
        })}
      </ol>
    </div>
  );
}

/** By cell, the confidence of the anchor that has most. */
function confidences({ rows, columns, channels, values }: SpatialOutput, layout: GridLayout): Float32Array {
  return Float32Array.from({ length: rows * columns }, (_, cell) =>
    Math.max(
      ...Array.from(
        { length: layout.anchors },
        (__, anchor) => values[cell * channels + channelOf(layout, anchor, null)]
      )
    )
  );
}

/** Values from 0 for the lowest to 1 for the highest. */
function relative(values: Float32Array): Float32Array {
  const [low, high] = minMax(values);
  return values.map(value => (high > low ? (value - low) / (high - low) : 0.5));
}
