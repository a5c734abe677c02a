import * as React from 'react';
import { gridOf, planeOf, type ShownMap } from '../../session/view/shown-map';
import type { RegionOfInterest } from '../../state/view-state';
import type { DragTool } from '../../viewer/gestures';
import { formatNumber } from '../../viewer/values/numbers';
import { cellsInside, measureRegion } from '../../viewer/values/region';
import { saveText, tellSaved } from '../export/save-file';
import { useTrans } from '../shared/context';
import { useSession, useViewProperty } from '../shared/view-context';

/** Buttons that turn dragging into drawing a region. */
export function RegionTools(props: { tool: DragTool; onChange: (tool: DragTool) => void }): React.ReactElement {
  const { tool, onChange } = props;
  const trans = useTrans();
  const button = (name: DragTool, label: string, shape: React.ReactElement): React.ReactElement => (
    <button
      type="button"
      className="jp-GradLens-button jp-GradLens-icon"
      aria-pressed={tool === name}
      aria-label={label}
      title={label}
      onClick={() => onChange(tool === name ? 'move' : name)}
    >
      <svg
        viewBox="0 0 16 16"
        width="14"
        height="14"
        aria-hidden="true"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
      >
        {shape}
      </svg>
    </button>
  );
  return (
    <span role="group" aria-label={trans.__('Measure a region')}>
      {button(
        'rectangle',
        trans.__('Measure a rectangle'),
        <rect x={2} y={4} width={12} height={8} strokeDasharray="3 2" />
      )}
      {button(
        'lasso',
        trans.__('Measure with a lasso'),
        <path
          d="M8 2.5c4 0 6 2 6 4.5s-3 4-6 4-6-1.500-6-4 2-4.500 6-4.500zM5 11c-1 1-.5 2.500 1 3"
          strokeDasharray="3 2"
        />
      )}
    </span>
  );
}

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
        {trans.__('Drag over the map to measure a part of it, or set two corners with arrow keys and Enter.')}
      </p>
    );
  }
  const share = Number.isNaN(measure.share) ? '–' : `${(100 * measure.share).toPrecision(3)} %`;
  return (
    <div role="group" aria-label={trans.__('Region')} className="jp-GradLens-region">
      <output aria-label={trans.__('Measures of the region')}>
        {measure.cells === 0
          ? trans.__('No cell of the map lies in this region.')
          : [
              trans._n('%1 cell', '%1 cells', measure.cells, measure.cells),
              trans.__('mean %1', formatNumber(measure.mean)),
              trans.__('min %1', formatNumber(measure.min)),
              trans.__('max %1', formatNumber(measure.max)),
              trans.__('share of total %1', share)
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
