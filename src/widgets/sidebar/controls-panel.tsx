import * as React from 'react';
import { METHOD_LABELS, METHOD_NAMES } from '../../session/methods';
import type { ModelController } from '../../session/model-controller';
import type { MethodName } from '../../session/state';
import type { ViewSession } from '../../session/view-session';
import { useTrans, useViewProperty } from '../context';
import { DisplayControls } from '../display-controls';
import { Choice } from '../fields';
import { ImageStrip } from '../image-strip';
import { LayerPicker } from '../layer-picker';
import { LinkControl } from '../link-control';
import { useShownNow } from '../shown-now';
import { useCurrentView, useSnapshot } from './use-view';

/** The controls of the view in use: its own state, so that they and the output cell always agree. */
export function ControlsPanel(): React.ReactElement {
  const trans = useTrans();
  const view = useCurrentView();
  if (!view) {
    return <p className="jp-GradLens-quiet">{trans.__('The controls of a view appear here.')}</p>;
  }
  return (
    <div className="jp-GradLens-controls" key={view.id}>
      {view.controller && <ModelControls controller={view.controller} />}
      <DrawingControls session={view.session} hasModel={view.controller !== null} />
    </div>
  );
}

function DrawingControls({ session, hasModel }: { session: ViewSession; hasModel: boolean }): React.ReactElement {
  const now = useShownNow(session);
  return (
    <>
      <DisplayControls session={session} hasPicture={hasModel} map={now?.map} range={now?.range} />
      <LinkControl session={session} hasModel={hasModel} />
    </>
  );
}

function ModelControls({ controller }: { controller: ModelController }): React.ReactElement {
  const { session, payload } = controller;
  const trans = useTrans();
  const model = useSnapshot(controller)?.model ?? null;
  const image = useViewProperty(session, 'image');
  const method = useViewProperty(session, 'method');
  useViewProperty(session, 'layer');
  return (
    <>
      <ImageStrip images={payload.images} selected={image} onPick={index => session.update({ image: index })} />
      {model && (
        <LayerPicker
          layers={model.layers}
          selected={controller.layer}
          onPick={layer => session.update({ layer: layer.id, channel: null })}
        />
      )}
      <Choice<MethodName>
        label={trans.__('Method')}
        value={method}
        options={METHOD_NAMES.map(name => ({ value: name, label: METHOD_LABELS[name] }))}
        onChange={name => session.update({ method: name, channel: null })}
      />
    </>
  );
}
