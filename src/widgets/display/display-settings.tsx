import * as React from 'react';
import { planeOf } from '../../session/view/shown-map';
import type { OpacityRule, OverlayMode, RangeChoice, RangeScope, ScaleName } from '../../state/view-state';
import { FEW_CELLS, fittingColormap } from '../../viewer/values/fitting';
import { HelpButton } from '../help/help-button';
import { useTrans } from '../shared/context';
import { Choice, Share, Toggle } from '../shared/fields';
import { useView, useViewState } from '../shared/view-context';
import { ColormapChoice } from './colormap-choice';
import { DomainSlider } from './domain-slider';

/** What *Display* opens: colours, range and overlay. */
export function DisplaySettings(): React.ReactElement {
  const { session, controller, range } = useView();
  const state = useViewState();
  const trans = useTrans();
  return (
    <>
      <ColormapChoice
        value={state.colormap}
        fitting={fittingColormap('auto', range?.bounds ?? [0, 1])}
        reversed={state.reversed}
        onChange={colormap => session.update({ colormap })}
      />
      <Toggle label={trans.__('Reversed')} value={state.reversed} onChange={reversed => session.update({ reversed })} />
      <Choice<'auto' | 'smooth' | 'cells'>
        label={trans.__('Cells')}
        value={state.smooth === 'auto' ? 'auto' : state.smooth ? 'smooth' : 'cells'}
        options={[
          { value: 'auto', label: trans.__('auto: smooth beyond %1 cells', FEW_CELLS) },
          { value: 'smooth', label: trans.__('smooth') },
          { value: 'cells', label: trans.__('true cells') }
        ]}
        onChange={choice => session.update({ smooth: choice === 'auto' ? 'auto' : choice === 'smooth' })}
      />
      <RangeControls />
      {/* Maps of a model lie over a picture. */}
      {controller !== null && <OverlayControls />}
    </>
  );
}

type Rule = Exclude<RangeChoice, [number, number]> | 'typed';

function RangeControls(): React.ReactElement {
  const { session, map, range } = useView();
  const state = useViewState();
  const trans = useTrans();
  const rule: Rule = typeof state.range === 'string' ? state.range : 'typed';
  return (
    <fieldset className="jp-GradLens-set">
      <legend>
        <span className="jp-GradLens-withHelp">
          {trans.__('Range')}
          <HelpButton topic="range" label={trans.__('About the range')} />
        </span>
      </legend>
      {map && range && (
        <DomainSlider
          values={state.scope === 'map' ? planeOf(map) : map.planes.data}
          bounds={range.bounds}
          scale={range.scale}
          onChange={bounds => session.update({ range: bounds })}
        />
      )}
      <Choice<Rule>
        label={trans.__('Bounds')}
        value={rule}
        options={[
          { value: 'auto', label: trans.__('auto: symmetric if signed') },
          { value: 'min-max', label: trans.__('smallest to largest') },
          { value: 'percentile', label: trans.__('1st to 99th percentile') },
          { value: 'symmetric', label: trans.__('symmetric about 0') },
          { value: 'typed', label: trans.__('custom') }
        ]}
        onChange={choice => session.update({ range: choice === 'typed' ? (range?.bounds ?? 'auto') : choice })}
      />
      <Choice<RangeScope>
        label={trans.__('Of')}
        value={state.scope}
        options={[
          { value: 'map', label: trans.__('each map') },
          { value: 'layer', label: trans.__('the whole layer') },
          { value: 'linked', label: trans.__('all linked views') }
        ]}
        onChange={scope => session.update({ scope })}
      />
      <Choice<ScaleName>
        label={trans.__('Scale')}
        value={state.scale}
        options={[
          { value: 'linear', label: trans.__('linear') },
          { value: 'log', label: trans.__('log') },
          { value: 'symlog', label: trans.__('symlog') }
        ]}
        onChange={scale => session.update({ scale })}
      />
      <Toggle
        label={trans.__('Stripes on values outside')}
        title={trans.__('White above, black below the range. Off: the colour of its end.')}
        value={state.clip}
        onChange={clip => session.update({ clip })}
      />
    </fieldset>
  );
}

function OverlayControls(): React.ReactElement {
  const { session } = useView();
  const state = useViewState();
  const trans = useTrans();
  return (
    <fieldset className="jp-GradLens-set">
      <legend>{trans.__('Over the image')}</legend>
      <Choice<OverlayMode>
        label={trans.__('Show')}
        value={state.overlay}
        options={[
          { value: 'blend', label: trans.__('blended') },
          { value: 'side-by-side', label: trans.__('side by side') },
          { value: 'divider', label: trans.__('with a divider to drag') }
        ]}
        onChange={overlay => session.update({ overlay })}
      />
      <Choice<OpacityRule>
        label={trans.__('Fades')}
        value={state.opacityRule}
        options={[
          { value: 'by-value', label: trans.__('by value, towards 0') },
          { value: 'uniform', label: trans.__('not at all: uniform') }
        ]}
        onChange={opacityRule => session.update({ opacityRule })}
      />
      <Toggle
        label={trans.__('Outline what a cell sees (F)')}
        title={trans.__('The theoretical receptive field of the cell under the cursor. The key F switches it, too.')}
        value={state.receptiveField}
        onChange={receptiveField => session.update({ receptiveField })}
      />
      <Share
        label={trans.__('Hide below')}
        value={state.threshold}
        onChange={threshold => session.update({ threshold })}
      />
      <Choice<string>
        label={trans.__('Contours')}
        value={String(state.contours)}
        options={contourCounts(state.contours).map(value => ({
          value,
          label: value === '0' ? trans.__('none') : value
        }))}
        onChange={count => session.update({ contours: Number(count) })}
      />
    </fieldset>
  );
}

/** The numbers of lines that are offered, and the one there is: a cell may ask for any. */
const contourCounts = (now: number): string[] => [...new Set([0, 1, 3, 5, 9, now])].sort((a, b) => a - b).map(String);
