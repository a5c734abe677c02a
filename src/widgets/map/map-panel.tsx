import * as React from 'react';
import type { Cursor } from '../../state/view-state';
import type { Outline } from '../../viewer/draw/draw-outlines';
import type { DragTool } from '../../viewer/gestures';
import { HeatmapRenderer } from '../../viewer/gl/renderer';
import { ColorBar } from '../display/color-bar';
import { EXPORTABLE_CLASS } from '../export/export-handlers';
import { titleOf } from '../export/figure-source';
import { namesOf, provenanceOf } from '../export/provenance';
import { SaveMenu } from '../export/save-menu';
import { useStoredPicture } from '../export/use-stored-picture';
import { usePage, useTrans } from '../shared/context';
import { later } from '../shared/later';
import { MiddleCut } from '../shared/middle-cut';
import { useView, useViewProperty } from '../shared/view-context';
import { MapCanvas } from './map-canvas';
import { Readout } from './readout';
import { RegionTools } from './region-tools';
import { ResetZoomButton } from './reset-zoom-button';
import { TrueSizeButton } from './true-size-button';

// What most maps do without.
const RegionPanel = later(async () => (await import('./region-panel')).RegionPanel);

/** Characters of a caption that name the layer, at its end. */
const CAPTION_TAIL = 20;

/** A picture with a heatmap over it that zooms and pans, its colour bar, and the value under the cursor. */
export function MapPanel(props: {
  picture: ImageBitmap | null;
  /** Width over height of the image. */
  aspect: number;
  /** True if a channel is shown in place of the explanation. */
  canGoBack: boolean;
  /** False while the map is what is known so far: it is not dimmed, and its numbers are not given away. Default true. */
  isFinal?: boolean;
  /** The work under way, over the map of before, or over what is known so far. */
  busy?: React.ReactNode;
  fieldOf?: (cursor: Cursor) => Outline | null;
  onPick?: (cursor: Cursor) => void;
  /** More tools, beside those that draw regions. */
  tools?: React.ReactNode;
}): React.ReactElement {
  const { picture, aspect, canGoBack, isFinal = true, busy, fieldOf, onPick, tools } = props;
  const { session, controller, map, range } = useView();
  const renderer = usePage(HeatmapRenderer);
  const trans = useTrans();
  const overlay = useViewProperty('overlay');
  const divider = useViewProperty('divider');
  const region = useViewProperty('region');
  const [tool, setTool] = React.useState<DragTool>('move');
  const panes = React.useRef<HTMLDivElement>(null);
  const source = React.useMemo(
    () =>
      isFinal && map && range
        ? {
            state: () => session.state,
            renderer,
            picture,
            aspect,
            map,
            title: titleOf(map, trans),
            of: namesOf(controller),
            range,
            provenance: provenanceOf(controller, map, trans)
          }
        : null,
    [session, controller, renderer, picture, aspect, map, trans, range, isFinal]
  );
  useStoredPicture(source);
  const isBeside = overlay === 'side-by-side' && picture !== null && map !== null;
  const shared = { picture, aspect, tool };
  const back = trans.__('Back to the explanation');
  return (
    <>
      {!map && <div className="jp-GradLens-caption jp-mod-line" />}
      {map && (
        <div className="jp-GradLens-caption jp-mod-line">
          {map.caption !== '' && (
            <h3 title={map.caption} aria-label={map.caption}>
              <MiddleCut text={map.caption} tail={CAPTION_TAIL} />
            </h3>
          )}
          {canGoBack && (
            <button
              type="button"
              className="jp-GradLens-button jp-GradLens-back"
              aria-label={back}
              title={back}
              onClick={() => session.update({ channel: null })}
            >
              <span aria-hidden="true">←</span>
              <span>{back}</span>
            </button>
          )}
          <span className="jp-GradLens-tools">
            <ResetZoomButton />
            {picture && <TrueSizeButton panes={panes} picture={picture} aspect={aspect} />}
            {isFinal && <RegionTools tool={tool} onChange={setTool} />}
            {tools}
            {source && <SaveMenu source={source} panes={panes} />}
          </span>
        </div>
      )}
      <div className={`jp-GradLens-stage${busy && map && isFinal ? ' jp-mod-outdated' : ''}`}>
        <div ref={panes} className={`${EXPORTABLE_CLASS}${isBeside ? ' jp-mod-beside' : ''}`}>
          {isBeside && <MapCanvas {...shared} isPlain divider={null} label={trans.__('Image')} fieldOf={fieldOf} />}
          <MapCanvas
            {...shared}
            divider={overlay === 'divider' && picture && map ? divider : null}
            label={map?.title ?? trans.__('Image')}
            fieldOf={fieldOf}
            onPick={onPick}
          />
        </div>
        {busy}
      </div>
      {map && range && (
        <>
          <ColorBar map={map} range={range} />
          <Readout imageSize={picture} map={map} label={trans.__('Value under the cursor')} />
          {isFinal && (region || tool !== 'move') && (
            <RegionPanel map={map} tool={tool} provenance={source?.provenance.join(' · ') ?? ''} />
          )}
        </>
      )}
    </>
  );
}
