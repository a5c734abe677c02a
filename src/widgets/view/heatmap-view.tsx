import * as React from 'react';
import { formatShape } from '../../layers/layer-search';
import { type Message, message, messageOf } from '../../messages/message';
import type { HeatmapPayload } from '../../mime/payload';
import { decodeTensor } from '../../mime/tensor-codec';
import { LinkGroup } from '../../session/view/link-group';
import type { ShownMap, ShownNow } from '../../session/view/shown-map';
import { WHOLE } from '../../state/places';
import type { HeatmapPlanes } from '../../viewer/gl/renderer';
import { DisplayControls } from '../display/display-controls';
import { LinkControl } from '../display/link-control';
import { FeatureGrid } from '../grid/feature-grid';
import { MapPanel } from '../map/map-panel';
import { usePage, useTrans } from '../shared/context';
import { Problem } from '../shared/problem';
import { ShownMapProvider } from '../shared/shown-map-provider';
import { useSession, useViewProperty } from '../shared/view-context';
import { StoryButton } from '../story/story-button';
import { ModelName } from './header';

/** The live view of `gradlens.heatmap(array)`: any tensor, no model. */
export function HeatmapView(props: { payload: HeatmapPayload; shown: ShownNow }): React.ReactElement {
  const { payload, shown } = props;
  const session = useSession();
  const group = usePage(LinkGroup);
  const trans = useTrans();
  const [planes, setPlanes] = React.useState<HeatmapPlanes | null>(null);
  const [problem, setProblem] = React.useState<Message | null>(null);
  const channel = useViewProperty('channel') ?? 0;

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
    const link = group.join(session, { model: null });
    return () => link.dispose();
  }, [group, session]);

  const map = React.useMemo<ShownMap | null>(() => {
    if (!planes) {
      return null;
    }
    const index = Math.min(channel, planes.channels - 1);
    const isSingle = planes.channels === 1;
    return {
      planes,
      channel: index,
      region: WHOLE,
      quantity: 'activation',
      name: isSingle ? trans.__('value') : trans.__('channel %1', index),
      title: isSingle
        ? trans.__('Heatmap of %1', payload.name)
        : trans.__('Heatmap of channel %1 of %2', index, payload.name),
      caption: isSingle ? '' : trans.__('Channel %1', index)
    };
  }, [planes, channel, payload, trans]);

  const [channels, height, width] = payload.tensor.shape;
  return (
    <ShownMapProvider now={shown} map={map}>
      <section role="group" className="jp-GradLens-view" aria-label={trans.__('GradLens: %1', payload.name)}>
        <header className="jp-GradLens-header">
          <ModelName name={payload.name} />
          <span className="jp-GradLens-facts">
            {formatShape(channels === 1 ? [height, width] : [height, width, channels])}
          </span>
          <span className="jp-GradLens-headerEnd">
            <StoryButton />
            <LinkControl />
          </span>
        </header>
        <div className="jp-GradLens-toolbar" role="group" aria-label={trans.__('Controls')}>
          <DisplayControls />
        </div>
        {problem !== null && <Problem message={problem} />}
        <div className={`jp-GradLens-panels${channels === 1 ? ' jp-mod-single' : ''}`}>
          <div className="jp-GradLens-main">
            <MapPanel picture={null} aspect={width / height} canGoBack={false} />
          </div>
          {planes && channels > 1 && (
            <div className="jp-GradLens-side">
              <FeatureGrid planes={planes} region={WHOLE} layer={payload.name} aspect={width / height} />
            </div>
          )}
        </div>
      </section>
    </ShownMapProvider>
  );
}
