import * as React from 'react';
import { isStopped } from '../../session/model/explained';
import type { ViewHandle } from '../../session/view-tracker';
import { DisplayControls } from '../display/display-controls';
import { LinkControl } from '../display/link-control';
import { Gallery } from '../gallery/gallery';
import { useSignal, useTrans } from '../shared/context';
import { useCurrentView } from '../shared/hooks/use-view';
import { MethodChoice } from '../shared/method-choice';
import { useModel, ViewProvider } from '../shared/view-context';
import { LayerPicker } from '../view/layer-picker';

/** The controls of the view in use: its own state, so that they and the output cell always agree. */
export function ControlsPanel(): React.ReactElement {
  const trans = useTrans();
  const view = useCurrentView();
  if (!view) {
    return <p className="jp-GradLens-quiet">{trans.__('The controls of a view appear here.')}</p>;
  }
  return <Controls key={view.key} view={view} />;
}

function Controls({ view }: { view: ViewHandle }): React.ReactElement {
  const shown = useSignal(view.shown.changed, () => view.shown.current);
  return (
    <ViewProvider view={view} shown={shown}>
      {view.controller ? (
        <ModelControls />
      ) : (
        <div className="jp-GradLens-controls">
          <DisplayControls />
          <LinkControl />
        </div>
      )}
    </ViewProvider>
  );
}

function ModelControls(): React.ReactElement {
  const { session, payload, snapshot } = useModel();
  const { model, layer } = snapshot;
  return (
    <fieldset className="jp-GradLens-controls" disabled={isStopped(snapshot)}>
      <Gallery payload={payload} run={snapshot.explained?.run ?? null} isDisabled={isStopped(snapshot)} />
      {model && (
        <LayerPicker layers={model.layers} selected={layer} onPick={picked => session.explain({ layer: picked.id })} />
      )}
      <MethodChoice />
      <DisplayControls />
      <LinkControl />
    </fieldset>
  );
}
