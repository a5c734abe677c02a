import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { RunResult } from '../../engine/protocol/protocol';
import { translated } from '../../messages/message';
import { type Answered, experimentOf } from '../../session/experiment/experiment';
import { cellsIn, markedBy, maskShape } from '../../session/experiment/masks';
import type { Explained } from '../../session/model/explained';
import { planeOf } from '../../session/view/shown-map';
import type { Region } from '../../state/view-state';
import { drawCoverPicture } from '../../viewer/draw/cover-picture';
import type { DragTool } from '../../viewer/gestures';
import { MapCanvas } from '../map/map-canvas';
import { useSignal, useTrans } from '../shared/context';
import { useModel, useView, useViewProperty } from '../shared/view-context';
import { ChangedFeatures } from './changed-features';
import { Changes } from './changes';
import { type ComparedMaps, compareMaps } from './compared-maps';
import { ComparedPanes } from './compared-panes';
import { CoverTools } from './cover-tools';
import { Entries } from './entries';
import { changesIn } from './in-words';
import { ScoreTable } from './score-table';
import { useCover } from './use-cover';

const howToDraw = (tool: DragTool, trans: TranslationBundle): string =>
  tool === 'brush'
    ? trans.__('Drag to paint, or walk with arrow keys and press Enter.')
    : tool === 'lasso'
      ? trans.__('Drag round a part, or set corners with arrow keys and Enter; Enter at the first corner closes it.')
      : trans.__('Drag over the picture, or set two corners with arrow keys and Enter.');

/** Covers and changes the picture, and shows what becomes of the scores, the map and the features. */
export function ExperimentPanel(props: {
  /** What the view explains of the picture as it is. */
  explained: Explained;
  picture: ImageBitmap | null;
  /** Size of the picture in pixels. */
  size: { width: number; height: number };
  aspect: number;
  /** The part of the image that the layer's cells cover. */
  region: Region;
  /** Of the class that is explained. */
  name: string;
  onClose: () => void;
}): React.ReactElement {
  const { explained, picture, size, aspect, region, name, onClose } = props;
  const { controller, payload } = useModel();
  const { map, keeper } = useView();
  const trans = useTrans();
  const channel = useViewProperty('channel');
  const experiment = React.useMemo(() => experimentOf(controller, keeper), [controller, keeper]);
  const { answered, mapped, problem, isBusy } = useSignal(experiment.changed, () => experiment.snapshot);
  const section = React.useRef<HTMLElement>(null);
  const { width, height } = size;
  const shape = React.useMemo(() => maskShape({ width, height }), [width, height]);
  const cover = useCover(experiment, shape);
  const mask = experiment.now.cover;
  const drawn = React.useMemo(
    () =>
      drawCoverPicture(
        picture && { source: picture, width: picture.width, height: picture.height },
        aspect,
        cellsIn(mask, shape),
        shape
      ),
    [picture, aspect, mask, shape]
  );
  React.useEffect(() => {
    experiment.isOpen = true;
    section.current?.scrollIntoView({ block: 'nearest' });
    section.current?.focus({ preventScroll: true });
    return () => {
      experiment.isOpen = false;
    };
  }, [experiment]);

  const { layer } = explained;
  const isExplanation = channel === null && layer in explained.run.maps;
  const isSame = answered?.before === explained;
  const maps = React.useMemo(
    () => (map && mapped?.before === explained ? compareMaps(map, mapped.run, layer, isExplanation) : null),
    [map, mapped, explained, layer, isExplanation]
  );
  const marked =
    map &&
    ((share: number): Uint8Array =>
      markedBy(
        { values: planeOf(map), height: map.planes.height, width: map.planes.width, region: map.region },
        shape,
        share
      ));
  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (
      (event.ctrlKey || event.metaKey) &&
      event.key.toLowerCase() === 'z' &&
      !(event.target instanceof HTMLInputElement && event.target.type === 'text')
    ) {
      event.preventDefault();
      event.stopPropagation();
      if (event.shiftKey) {
        experiment.redo();
      } else {
        experiment.undo();
      }
    }
  };
  return (
    <section
      ref={section}
      role="group"
      tabIndex={-1}
      className="jp-GradLens-experiment"
      aria-label={trans.__('Experiment')}
      aria-busy={isBusy}
      onKeyDown={onKeyDown}
    >
      <div className="jp-GradLens-caption">
        <h3>{trans.__('What if a part were not there?')}</h3>
        <button type="button" className="jp-GradLens-button" onClick={onClose}>
          {trans.__('Close')}
        </button>
      </div>
      <div className="jp-GradLens-experimentInput">
        <div>
          <MapCanvas
            picture={drawn}
            aspect={aspect}
            isPlain
            divider={null}
            tool={cover.tool}
            cells={cover.grid}
            label={trans.__('Picture to cover')}
            brush={cover.brush}
            region={cover.region}
            onRegionEnd={cover.regionEnded}
          />
          <p className="jp-GradLens-quiet">{howToDraw(cover.tool, trans)}</p>
        </div>
        <div className="jp-GradLens-experimentSide">
          <CoverTools experiment={experiment} cover={cover} longest={Math.max(...shape)} marked={marked} />
          <ScoreTable
            before={explained.run}
            after={isSame ? answered.run : null}
            labels={payload.labels}
            hint={trans.__('Draw over the picture to cover a part of it.')}
          />
          <output className="jp-GradLens-latency" aria-label={trans.__('Latency')}>
            {answered && isSame
              ? [
                  trans.__('scores after %1 ms', Math.round(answered.latency.scores)),
                  ...(answered.latency.map === null ? [] : [trans.__('map %1 ms', Math.round(answered.latency.map))])
                ].join(' · ')
              : ''}
          </output>
          <Changes experiment={experiment} explained={explained} size={size} name={name} />
          {problem && <p className="jp-GradLens-note">{translated(problem, trans)}</p>}
        </div>
      </div>
      {maps && mapped && (
        <div className={`jp-GradLens-experimentMaps${mapped === answered ? '' : ' jp-mod-old'}`}>
          <Compared
            title={map?.title ?? ''}
            maps={maps}
            before={explained.run}
            mapped={mapped}
            picture={picture}
            layer={layer}
            region={region}
            aspect={aspect}
          />
        </div>
      )}
      <Entries experiment={experiment} />
    </section>
  );
}

/** What is not drawn anew at each pointer event. */
const Compared = React.memo(function Compared(props: {
  title: string;
  maps: ComparedMaps;
  before: RunResult;
  mapped: Answered;
  picture: ImageBitmap | null;
  layer: string;
  region: Region;
  aspect: number;
}): React.ReactElement {
  const { title, maps, before, mapped, picture, layer, region, aspect } = props;
  const trans = useTrans();
  return (
    <>
      <ComparedPanes
        title={title}
        maps={maps}
        picture={picture}
        given={mapped.given}
        aspect={aspect}
        changes={changesIn(mapped.perturbation, trans)}
      />
      <ChangedFeatures before={before} after={mapped.run} layer={layer} region={region} aspect={aspect} />
    </>
  );
});
