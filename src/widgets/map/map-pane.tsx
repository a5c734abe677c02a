import './map-pane.css';
import * as React from 'react';
import type { ShownMap, ShownRange } from '../../session/view/shown-map';
import { ColorBar } from '../display/color-bar';
import { useView, ViewProvider } from '../shared/view-context';
import { MapCanvas } from './map-canvas';

/** One of several maps beside each other, under its heading; zoom and cursor are the view's. */
export function MapPane(props: {
  heading: string;
  /** Of the heading: one below that of what the panes are in. */
  level: 4 | 5;
  map: ShownMap;
  range: ShownRange;
  picture: ImageBitmap | null;
  aspect: number;
}): React.ReactElement {
  const { heading, level, map, range, picture, aspect } = props;
  const Heading = `h${level}` as const;
  const view = useView();
  const shown = React.useMemo(() => ({ map, range }), [map, range]);
  return (
    <ViewProvider view={view} shown={shown}>
      <div className="jp-GradLens-mapPane">
        <Heading>{heading}</Heading>
        <MapCanvas picture={picture} aspect={aspect} tool="move" divider={null} label={`${heading}: ${map.title}`} />
        <ColorBar map={map} range={range} />
      </div>
    </ViewProvider>
  );
}
