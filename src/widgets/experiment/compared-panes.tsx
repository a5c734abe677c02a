import * as React from 'react';
import type { GivenPicture } from '../../engine/protocol/protocol';
import type { ShownMap, ShownRange } from '../../session/view/shown-map';
import { ColorBar } from '../display/color-bar';
import { MapCanvas } from '../map/map-canvas';
import { useTrans } from '../shared/context';
import { useBitmap } from '../shared/hooks/use-bitmap';
import { useView, ViewProvider } from '../shared/view-context';
import type { ComparedMaps } from './compared-maps';

/** A map of the picture as it is and as it was changed, in one range, and their difference; zoom and cursor are the view's. */
export function ComparedPanes(props: {
  maps: ComparedMaps;
  picture: ImageBitmap | null;
  given: GivenPicture | null;
  aspect: number;
}): React.ReactElement {
  const { maps, picture, given, aspect } = props;
  const trans = useTrans();
  const changed = useBitmap(given, bitmapOfGiven) ?? picture;
  const { before, after, difference, range, around } = maps;
  const pane = (heading: string, map: ShownMap, of: ShownRange, under: ImageBitmap | null): React.ReactElement => (
    <Pane heading={heading} map={map} range={of} picture={under} aspect={aspect} />
  );
  return (
    <div className="jp-GradLens-compared">
      {pane(trans.__('Before'), before, range, picture)}
      {pane(trans.__('After'), after, range, changed)}
      {pane(trans.__('Difference'), difference, around, changed)}
    </div>
  );
}

function Pane(props: {
  heading: string;
  map: ShownMap;
  range: ShownRange;
  picture: ImageBitmap | null;
  aspect: number;
}): React.ReactElement {
  const { heading, map, range, picture, aspect } = props;
  const view = useView();
  const shown = React.useMemo(() => ({ map, range }), [map, range]);
  return (
    <ViewProvider view={view} shown={shown}>
      <div className="jp-GradLens-comparedPane">
        <h4>{heading}</h4>
        <MapCanvas picture={picture} aspect={aspect} tool="move" divider={null} label={`${heading}: ${map.title}`} />
        <ColorBar map={map} range={range} />
      </div>
    </ViewProvider>
  );
}

const bitmapOfGiven = async ({ rgba, width, height }: GivenPicture): Promise<ImageBitmap> =>
  createImageBitmap(new ImageData(rgba, width, height));
