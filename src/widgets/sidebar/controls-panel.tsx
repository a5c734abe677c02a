import * as React from 'react';
import { METHOD_NAMES } from '../../explain/vocabulary';
import { isStopped } from '../../session/model/explained';
import type { ViewHandle } from '../../session/view-tracker';
import { METHOD_LABELS } from '../../state/methods';
import type { MethodName } from '../../state/view-state';
import { DisplayControls } from '../display/display-controls';
import { LinkControl } from '../display/link-control';
import { Gallery } from '../gallery/gallery';
import { useSignal, useTrans } from '../shared/context';
import { Choice } from '../shared/fields';
import { useCurrentView } from '../shared/hooks/use-view';
import { useModel, useViewProperty, ViewProvider } from '../shared/view-context';
import { LayerPicker } from '../view/layer-picker';

/** The controls of the view in use: its own state, so that they and the output cell always agree. */
export function ControlsPanel(): React.ReactElement {
  const trans = useTrans();
  const view = useCurrentView();
  if (!view) {
    return <p className="jp-GradLens-quiet">{trans.__('The controls of a view appear here.')}</p>;
  }
  return <Controls key={view.id} view={view} />;
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
  const trans = useTrans();
  const { model, layer } = snapshot;
  const method = useViewProperty('method');
  return (
    <fieldset className="jp-GradLens-controls" disabled={isStopped(snapshot)}>
      <Gallery payload={payload} run={snapshot.explained?.run ?? null} isDisabled={isStopped(snapshot)} />
      {model && (
        <LayerPicker layers={model.layers} selected={layer} onPick={picked => session.explain({ layer: picked.id })} />
      )}
      <Choice<MethodName>
        label={trans.__('Method')}
        value={method}
        options={METHOD_NAMES.map(name => ({ value: name, label: METHOD_LABELS[name] }))}
        onChange={name => session.explain({ method: name })}
      />
      <DisplayControls />
      <LinkControl />
    </fieldset>
  );
}
