import * as React from 'react';
import { DEFAULT_STATE } from '../session/defaults';
import type { ColormapName, RangeChoice } from '../session/state';
import type { ViewSession } from '../session/view-session';
import { COLORMAP_NAMES } from '../viewer/colormaps';
import { useTrans, useViewState } from './context';
import { Choice, Share, Toggle } from './fields';

/** How maps are drawn: colours, range, opacity, cells, zoom. Nothing here computes anything again. */
export function DisplayControls(props: { session: ViewSession; hasPicture: boolean }): React.ReactElement {
  const { session, hasPicture } = props;
  const state = useViewState(session);
  const trans = useTrans();
  const range = typeof state.range === 'string' ? state.range : 'min-max';
  return (
    <>
      <Choice<ColormapName>
        label={trans.__('Colours')}
        value={state.colormap}
        options={COLORMAP_NAMES.map(name => ({ value: name, label: name }))}
        onChange={colormap => session.update({ colormap })}
      />
      <Choice<Exclude<RangeChoice, [number, number]>>
        label={trans.__('Range')}
        value={range}
        options={[
          { value: 'min-max', label: trans.__('each map') },
          { value: 'percentile', label: trans.__('1st–99th percentile') },
          { value: 'symmetric', label: trans.__('symmetric about 0') }
        ]}
        onChange={choice => session.update({ range: choice })}
      />
      {hasPicture && (
        <Share
          label={trans.__('Opacity')}
          value={state.opacity}
          onChange={opacity => session.update({ opacity })}
        />
      )}
      <Toggle
        label={trans.__('Smooth')}
        title={trans.__('Interpolates between cells. Off: the true cells that the layer computed.')}
        value={state.smooth}
        onChange={smooth => session.update({ smooth })}
      />
      <button
        type="button"
        className="jp-GradLens-button"
        disabled={state.viewport.zoom === 1}
        onClick={() => session.update({ viewport: DEFAULT_STATE.viewport })}
      >
        {trans.__('Reset zoom')}
      </button>
    </>
  );
}
