import * as React from 'react';
import { segmentationOf, valueOfClass } from '../../classes/spatial-output';
import { quotedClass } from '../../messages/class-message';
import { classTarget, isClassTarget, shortest } from '../../state/targets';
import type { Cursor, PixelSet } from '../../state/view-state';
import { drawClassPicture } from '../../viewer/draw/class-picture';
import type { DragTool } from '../../viewer/gestures';
import { cellAt } from '../../viewer/layout/map-grid';
import { formatNumber } from '../../viewer/values/numbers';
import { OutputChoice, WhatOfTheClass } from '../classes/class-list';
import { MapCanvas } from '../map/map-canvas';
import { LiveText } from '../map/readout';
import { useTrans } from '../shared/context';
import { useSession, useViewProperty } from '../shared/view-context';
import { ClassLegend } from './class-legend';
import type { SpatialPanelProps } from './panel-props';
import { PixelChoice } from './pixel-choice';
import { chosenCells, rectangleOf } from './pixel-sets';
import { useBrush } from './use-brush';

/** The classes predicted at the pixels, over the picture; choosing one, and the pixels to explain it at. */
export function SegmentationPanel(props: SpatialPanelProps): React.ReactElement {
  const { output, scores, name, explained, picture, aspect, hasMap } = props;
  const session = useSession();
  const trans = useTrans();
  const target = useViewProperty('target');
  const [tool, setTool] = React.useState<DragTool>('move');
  const segmentation = React.useMemo(() => segmentationOf(output), [output]);
  const { predicted, shares, areIndependent } = segmentation;
  const { rows, columns, region } = output;
  const grid = React.useMemo(() => ({ width: columns, height: rows, region }), [columns, rows, region]);

  const full = classTarget(target);
  const found = isClassTarget(explained.target) ? (explained.run.targets[0]?.index ?? null) : null;
  const index = full.class ?? found ?? 0;
  const explain = (of: number, pixels: PixelSet): void =>
    session.explain({
      target: shortest({ ...full, minus: full.minus === of ? undefined : full.minus, class: of, pixels })
    });
  const pick = (of: number): void => {
    const pixels = full.pixels ?? 'predicted';
    explain(of, pixels === 'predicted' && shares[of] === 0 ? 'all' : pixels);
  };
  const explainRectangle = (): void => {
    const rectangle = rectangleOf(session.state.region, grid);
    if (rectangle) {
      explain(index, rectangle);
    }
  };
  const chosen = React.useMemo(
    () => (isClassTarget(target) ? chosenCells(full.pixels, index, output, explained.run.inputSize) : null),
    [target, full.pixels, index, output, explained]
  );
  const isMask = typeof full.pixels === 'object' && 'runs' in full.pixels;
  const painting = useBrush(grid, isMask ? chosen : null, mask => explain(index, mask));
  const shown = painting.draft ?? chosen;
  const drawn = React.useMemo(
    () =>
      drawClassPicture(picture && { source: picture, width: picture.width, height: picture.height }, aspect, {
        rows,
        columns,
        region,
        classes: predicted,
        chosen: shown
      }),
    [picture, aspect, rows, columns, region, predicted, shown]
  );

  const classAt = (cursor: Cursor): number | null => {
    const cell = cellAt(grid, cursor);
    return cell && predicted[cell.row * columns + cell.column];
  };
  const text = (cursor: Cursor | null): string => {
    const cell = cursor && cellAt(grid, cursor);
    if (!cell) {
      return trans.__('Point at the picture to read the class there');
    }
    const at = cell.row * columns + cell.column;
    const of = predicted[at];
    const place = trans.__('row %1, column %2 of %3×%4', cell.row, cell.column, rows, columns);
    return of < 0
      ? trans.__('%1 · no class', place)
      : `${place} · ${of} ${name(of)} ${formatNumber(valueOfClass(output, at, of))}`;
  };
  return (
    <section role="group" className="jp-GradLens-segmentation" aria-label={trans.__('Segmentation')}>
      <div className="jp-GradLens-caption">
        <h3>{trans.__('Segmentation')}</h3>
        <OutputChoice scores={scores} />
        <WhatOfTheClass scores={scores} explained={explained} hasMap={hasMap} />
      </div>
      <PixelChoice
        pixels={full.pixels}
        tool={tool}
        painting={painting}
        name={quotedClass(name(index), index)}
        largest={Math.max(rows, columns)}
        onTool={setTool}
        onPixels={pixels => explain(index, pixels)}
        onRectangle={explainRectangle}
      />
      <div className="jp-GradLens-segments">
        <div className="jp-GradLens-segmentsPicture">
          <MapCanvas
            picture={drawn}
            aspect={aspect}
            isPlain
            divider={null}
            tool={tool}
            cells={grid}
            label={trans.__('Segmentation over the image')}
            onPick={cursor => {
              const of = classAt(cursor);
              if (of !== null && of >= 0) {
                pick(of);
              }
            }}
            onRegionEnd={explainRectangle}
            brush={painting.brush}
          />
        </div>
        <ClassLegend
          shares={shares}
          name={name}
          selected={isClassTarget(target) ? index : null}
          areIndependent={areIndependent}
          onPick={pick}
        />
      </div>
      <LiveText label={trans.__('Class under the cursor')} text={text} />
    </section>
  );
}
