import * as React from 'react';
import type { ModelController } from '../../session/model-controller';
import type { ViewSession } from '../../session/view-session';
import { METHOD_LABELS, METHOD_NAMES } from '../../state/methods';
import type { MethodName } from '../../state/view-state';
import { DisplayControls } from '../display/display-controls';
import { LinkControl } from '../display/link-control';
import { useShownNow } from '../map/shown-now';
import { useTrans, useViewProperty } from '../shared/context';
import { Choice } from '../shared/fields';
import { useCurrentView, useSnapshot } from '../shared/use-view';
import { ImageStrip } from '../view/image-strip';
import { LayerPicker } from '../view/layer-picker';

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
          onPick={layer => session.explain({ layer: layer.id })}
        />
      )}
      <Choice<MethodName>
        label={trans.__('Method')}
        value={method}
        options={METHOD_NAMES.map(name => ({ value: name, label: METHOD_LABELS[name] }))}
        onChange={name => session.explain({ method: name })}
      />
    </>
  );
}
