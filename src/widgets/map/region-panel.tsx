import * as React from 'react';
import { gridOf, planeOf, type ShownMap } from '../../session/view/shown-map';
import type { RegionOfInterest } from '../../state/view-state';
import type { DragTool } from '../../viewer/gestures';
import { formatNumber, percentText } from '../../viewer/values/numbers';
import { cellsInside, measureRegion } from '../../viewer/values/region';
import { saveText, tellSaved } from '../export/save-file';
import { useTrans } from '../shared/context';
import { useSession, useViewProperty } from '../shared/view-context';

/** Measures of the map within the region of interest, to read and to export. */
export function RegionPanel(props: {
  map: ShownMap;
  tool: DragTool;
  /** Where the map comes from: it goes with what is saved. */
  provenance: string;
}): React.ReactElement | null {
  const { map, tool, provenance } = props;
  const session = useSession();
  const trans = useTrans();
  const region = useViewProperty('region');
  const measure = React.useMemo(() => region && measureRegion(planeOf(map), gridOf(map), region), [map, region]);
  if (!region || !measure) {
    return tool === 'move' ? null : (
      <p className="jp-GradLens-note">
        {tool === 'lasso'
          ? trans.__(
              'Drag round a part, or set corners with arrow keys and Enter; Enter at the first corner closes it.'
            )
          : trans.__('Drag over the map to measure a part of it, or set two corners with arrow keys and Enter.')}
      </p>
    );
  }
  const share = Number.isNaN(measure.share) ? '–' : percentText(measure.share);
  return (
    <div role="group" aria-label={trans.__('Region')} className="jp-GradLens-region">
      <output
        aria-label={trans.__('Measures of the region')}
        title={trans.__('Of the map’s own cells, each whole: those whose middle lies inside')}
      >
        {measure.cells === 0
          ? trans.__('No cell of the map lies in this region.')
          : [
              trans._n('%1 cell', '%1 cells', measure.cells, measure.cells),
              trans.__('mean %1', formatNumber(measure.mean)),
              trans.__('min %1', formatNumber(measure.min)),
              trans.__('max %1', formatNumber(measure.max)),
              trans.__('share of the sum of all cells %1', share)
            ].join(' · ')}
      </output>
      <button
        type="button"
        className="jp-GradLens-link"
        onClick={() => {
          saveText('region.csv', 'text/csv', regionCsv(map, region));
          tellSaved('region.csv', trans);
        }}
      >
        CSV
      </button>
      <button
        type="button"
        className="jp-GradLens-link"
        onClick={() => {
          const content = { map: map.title, provenance, region, ...measure };
          saveText('region.json', 'application/json', JSON.stringify(content, null, 2));
          tellSaved('region.json', trans);
        }}
      >
        JSON
      </button>
      <button type="button" className="jp-GradLens-link" onClick={() => session.update({ region: null })}>
        {trans.__('Clear')}
      </button>
    </div>
  );
}

/** The cells of a region, one a line. */
function regionCsv(map: ShownMap, region: RegionOfInterest): string {
  const { width } = map.planes;
  const values = planeOf(map);
  const lines = cellsInside(region, gridOf(map)).map(
    cell => `${Math.floor(cell / width)},${cell % width},${values[cell]}`
  );
  return `row,column,value\n${lines.join('\n')}\n`;
}
