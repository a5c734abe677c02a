import * as React from 'react';
import { formatShape } from '../../layers/layer-search';
import { type Message, message, messageOf } from '../../messages/message';
import type { HeatmapPayload } from '../../mime/payload';
import { decodeTensor } from '../../mime/tensor-codec';
import { LinkGroup } from '../../session/link-group';
import type { ViewSession } from '../../session/view-session';
import type { HeatmapPlanes } from '../../viewer/gl/renderer';
import { DisplayControls } from '../display/display-controls';
import { LinkControl } from '../display/link-control';
import { FeatureGrid } from '../grid/feature-grid';
import { MapPanel } from '../map/map-panel';
import { useServices, useViewProperty } from '../shared/context';
import { Problem } from '../shared/problem';
import type { ShownMap } from '../shared/shown-map';
import { useRange } from '../shared/use-range';

/** The live view of `gradlens.heatmap(array)`: any tensor, no model. */
export function HeatmapView(props: { payload: HeatmapPayload; session: ViewSession }): React.ReactElement {
  const { payload, session } = props;
  const { trans } = useServices();
  const [planes, setPlanes] = React.useState<HeatmapPlanes | null>(null);
  const [problem, setProblem] = React.useState<Message | null>(null);
  const channel = useViewProperty(session, 'channel') ?? 0;

  React.useEffect(() => {
    let isCurrent = true;
    decodeTensor(payload.tensor).then(
      ({ shape: [channels, height, width], data }) => isCurrent && setPlanes({ data, channels, height, width }),
      (error: unknown) => isCurrent && setProblem(message('GradLens cannot show this output: %1.', messageOf(error)))
    );
    return () => {
      isCurrent = false;
    };
  }, [payload]);

  // Before the effects of what is inside, which tell the group about their maps.
  React.useLayoutEffect(() => {
    const link = LinkGroup.page.join(session, null);
    return () => link.dispose();
  }, [session]);

  const map = React.useMemo<ShownMap | null>(() => {
    if (!planes) {
      return null;
    }
    const index = Math.min(channel, planes.channels - 1);
    const isSingle = planes.channels === 1;
    return {
      planes,
      channel: index,
      quantity: 'activation',
      name: isSingle ? trans.__('value') : trans.__('channel %1', index),
      title: isSingle
        ? trans.__('Heatmap of %1', payload.name)
        : trans.__('Heatmap of channel %1 of %2', index, payload.name),
      caption: isSingle ? '' : trans.__('Channel %1', index)
    };
  }, [planes, channel, payload, trans]);

  const range = useRange(session, map);
  const [channels, height, width] = payload.tensor.shape;
  return (
    <section role="group" className="jp-GradLens-view" aria-label={trans.__('GradLens: %1', payload.name)}>
      <header className="jp-GradLens-header">
        <h2 title={payload.name}>{payload.name}</h2>
        <span className="jp-GradLens-facts">
          {formatShape(channels === 1 ? [height, width] : [height, width, channels])}
        </span>
        <span className="jp-GradLens-headerEnd">
          <LinkControl session={session} hasModel={false} />
        </span>
      </header>
      <div className="jp-GradLens-toolbar" role="group" aria-label={trans.__('Controls')}>
        <DisplayControls session={session} hasPicture={false} map={map} range={range} />
      </div>
      {problem !== null && <Problem message={problem} />}
      <div className={`jp-GradLens-panels${channels === 1 ? ' jp-mod-single' : ''}`}>
        <div className="jp-GradLens-main">
          <MapPanel
            session={session}
            picture={null}
            aspect={width / height}
            map={map}
            range={range}
            canGoBack={false}
          />
        </div>
        {planes && channels > 1 && (
          <div className="jp-GradLens-side">
            <FeatureGrid session={session} planes={planes} layer={payload.name} aspect={width / height} />
          </div>
        )}
      </div>
    </section>
  );
}
