import * as React from 'react';
import { colormapGradient } from '../../viewer/color/colormaps';
import { fittingColormap, fittingSmooth } from '../../viewer/values/fitting';
import { useTrans } from '../shared/context';
import { Share, Toggle } from '../shared/fields';
import { Popover } from '../shared/popover';
import { useView, useViewState } from '../shared/view-context';

const loadSettings = async (): Promise<React.FunctionComponent> => (await import('./display-settings')).DisplaySettings;

/** Controls for drawing maps: colours, range, overlay, cells. None of them computes anything again. */
export function DisplayControls(): React.ReactElement {
  const { session, controller, map, range } = useView();
  // Maps of a model lie over a picture.
  const hasPicture = controller !== null;
  const state = useViewState();
  const trans = useTrans();
  const bounds = range?.bounds ?? [0, 1];
  const colors = fittingColormap(state.colormap, bounds);
  return (
    <>
      {hasPicture && (
        <Share
          label={trans.__('Opacity')}
          title={trans.__('Of the heatmap over the image. Hold the key B on the map to see the image alone.')}
          value={state.opacity}
          onChange={opacity => session.update({ opacity })}
        />
      )}
      <Toggle
        label={trans.__('Smooth')}
        title={trans.__('Interpolates between cells. Off: the true cells that the layer computed.')}
        value={map ? fittingSmooth(state.smooth, map.planes) : state.smooth !== false}
        onChange={smooth => session.update({ smooth })}
      />
      <Popover
        label={trans.__('Display')}
        title={trans.__('Colours, range and overlay')}
        mark={
          <span
            className="jp-GradLens-swatch"
            style={{ background: colormapGradient(colors, 'to right', state.reversed) }}
          />
        }
        load={loadSettings}
      />
    </>
  );
}
