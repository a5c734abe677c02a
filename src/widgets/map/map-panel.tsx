import * as React from 'react';
import type { ViewSession } from '../../session/view-session';
import type { Cursor } from '../../state/view-state';
import type { Outline } from '../../viewer/draw/draw-outlines';
import type { DragTool } from '../../viewer/gestures';
import { ColorBar } from '../display/color-bar';
import { TAKE_AWAY_CLASS } from '../export/export-handlers';
import { SaveMenu } from '../export/save-menu';
import { useStoredPicture } from '../export/use-stored-picture';
import { useTrans, useViewProperty } from '../shared/context';
import type { ShownMap } from '../shared/shown-map';
import type { ShownRange } from '../shared/use-range';
import { MapCanvas } from './map-canvas';
import { Readout } from './readout';
import { RegionPanel, RegionTools } from './region-panel';
import { ResetZoomButton } from './reset-zoom-button';
import { useTellShown } from './shown-now';
import { TrueSizeButton } from './true-size-button';

/** A picture with a heatmap over it that zooms and pans, its colour bar, and the value under the cursor. */
export function MapPanel(props: {
  session: ViewSession;
  picture: ImageBitmap | null;
  /** Width over height of the image. */
  aspect: number;
  map: ShownMap | null;
  range: ShownRange | null;
  /** Whether a channel is shown in place of the explanation. */
  canGoBack: boolean;
  fieldOf?: (cursor: Cursor) => Outline | null;
  onPick?: (cursor: Cursor) => void;
}): React.ReactElement {
  const { session, picture, aspect, map, range, canGoBack, fieldOf, onPick } = props;
  const trans = useTrans();
  const overlay = useViewProperty(session, 'overlay');
  const divider = useViewProperty(session, 'divider');
  const [tool, setTool] = React.useState<DragTool>('move');
  const panes = React.useRef<HTMLDivElement>(null);
  const source = React.useMemo(
    () => map && range && { session, picture, aspect, map, range },
    [session, picture, aspect, map, range]
  );
  useStoredPicture(source);
  useTellShown(session, source);
  const isBeside = overlay === 'side-by-side' && picture !== null && map !== null;
  const shared = { session, picture, aspect, range, tool };
  return (
    <>
      {!map && <div className="jp-GradLens-caption jp-mod-line" />}
      {map && (
        <div className="jp-GradLens-caption jp-mod-line">
          {map.caption !== '' && <h3 title={map.caption}>{map.caption}</h3>}
          {canGoBack && (
            <button type="button" className="jp-GradLens-button" onClick={() => session.update({ channel: null })}>
              {trans.__('Back to the explanation')}
            </button>
          )}
          <span className="jp-GradLens-tools">
            <ResetZoomButton session={session} />
            {picture && <TrueSizeButton session={session} panes={panes} picture={picture} aspect={aspect} />}
            <RegionTools tool={tool} onChange={setTool} />
            {source && <SaveMenu source={source} panes={panes} />}
          </span>
        </div>
      )}
      <div ref={panes} className={`${TAKE_AWAY_CLASS}${isBeside ? ' jp-mod-beside' : ''}`}>
        {isBeside && <MapCanvas {...shared} map={null} divider={null} label={trans.__('Image')} fieldOf={fieldOf} />}
        <MapCanvas
          {...shared}
          map={map}
          divider={overlay === 'divider' && picture && map ? divider : null}
          label={map?.title ?? trans.__('Image')}
          fieldOf={fieldOf}
          onPick={onPick}
        />
      </div>
      {map && range && (
        <>
          <ColorBar session={session} map={map} range={range} />
          <Readout session={session} imageSize={picture} map={map} label={trans.__('Value under the cursor')} />
          <RegionPanel session={session} map={map} tool={tool} />
        </>
      )}
    </>
  );
}
