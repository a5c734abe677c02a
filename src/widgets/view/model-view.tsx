import * as React from 'react';
import { classNamer, rankClasses } from '../../classes/classes';
import { spatialOutput } from '../../classes/spatial-output';
import { isChannelSum, isInputMethod } from '../../explain/kinds';
import type { LayerInfo } from '../../graph/layer-info';
import { findLayer } from '../../layers/find-layer';
import { missingLayer } from '../../layers/missing-layer';
import { withClassNames } from '../../messages/class-message';
import { type Message, message, translated } from '../../messages/message';
import { seenSize } from '../../mime/png-size';
import { isStopped } from '../../session/model/explained';
import { sliceAxis } from '../../session/model/slices';
import { pickLayer } from '../../session/model/sources/pick-layer';
import type { ShownMap, ShownNow } from '../../session/view/shown-map';
import { WHOLE } from '../../state/places';
import { isClassTarget } from '../../state/targets';
import { ClassList } from '../classes/class-list';
import { UnitControls } from '../classes/target-controls';
import { targetLabel } from '../classes/target-label';
import { DisplayControls } from '../display/display-controls';
import { LinkControl } from '../display/link-control';
import { ResetChip } from '../display/reset-chip';
import { FeatureGrid } from '../grid/feature-grid';
import { useExamine } from '../grid/use-examine';
import { HelpButton } from '../help/help-button';
import { whyOfPlaces } from '../help/why-of-places';
import { MapPanel } from '../map/map-panel';
import { fieldOutline, laidLayer, seeingCells } from '../map/receptive-fields';
import { channelNames } from '../segmentation/channel-names';
import { Busy } from '../shared/busy';
import { useServices, useTrans } from '../shared/context';
import { later } from '../shared/later';
import { MethodChoice } from '../shared/method-choice';
import { Notices } from '../shared/notices';
import { Problem } from '../shared/problem';
import { ShownMapProvider } from '../shared/shown-map-provider';
import { useModel, useView, useViewProperty } from '../shared/view-context';
import { StoryButton } from '../story/story-button';
import { TrustSection } from '../trust/trust-section';
import { Header } from './header';
import { LayerPicker } from './layer-picker';
import { EmptyMap } from './notices/empty-map';
import { orientationNotice } from './notices/orientation';
import { PreprocessDoubt } from './notices/preprocess-doubt';
import { reducedNotices } from './notices/reduced';
import { transparentNotice } from './notices/transparent';
import { seenInput } from './seen-input';
import { StoredPicture } from './stored-picture';
import { useContributions } from './use-contributions';
import { useCurves } from './use-curves';
import { usePicture } from './use-picture';
import { useShownMap } from './use-shown-map';

// What most views do without.
const Gallery = later(async () => (await import('../gallery/gallery')).Gallery);
const AcrossImages = later(async () => (await import('../grid/across-images')).AcrossImages);
const SpatialPanel = later(async () => (await import('../segmentation/spatial-panel')).SpatialPanel);
const ChannelsPanel = later(async () => (await import('../channels/channels-panel')).ChannelsPanel);
const TruthNotice = later(async () => (await import('./notices/truth')).TruthNotice);
const CellPanel = later(async () => (await import('./cell-panel')).CellPanel);
const CellSums = later(async () => (await import('../sums/cell-sums')).CellSums);
const ModelsPanel = later(async () => (await import('../models/models-panel')).ModelsPanel);
const Declarations = later(async () => (await import('./notices/declarations')).Declarations);
const ExperimentPanel = later(
  async () =>
    (await import(/* webpackChunkName: "gradlens-experiment" */ '../experiment/experiment-panel')).ExperimentPanel
);
const KeptBelow = later(async () => (await import('../channels/kept-below')).KeptBelow);
const TryButton = later(async () => (await import('./try-button')).TryButton);
const FileQuestion = later(async () => (await import('./notices/file-question')).FileQuestion);
const InputSwitch = later(async () => (await import('./notices/input-switch')).InputSwitch);
const SlicePanel = later(async () => (await import('./slice-panel')).SlicePanel);

/** The live view of a model on images: classes, explanation over the image, feature maps of a layer. */
export function ModelView({ shown }: { shown: ShownNow }): React.ReactElement {
  const { controller, payload, session, snapshot } = useModel();
  const { keeper } = useView();
  const trans = useTrans();
  const { model, layer, soFar, busy, problem, isLasting, cancelled, isOutdated } = snapshot;
  // A page that was written without the model will not get it by trying again.
  const isPage = useServices().isStandalone === true && snapshot.stored !== null;
  const imageIndex = useViewProperty('image');
  const [isTrying, setTrying] = React.useState(false);
  const examine = useExamine();
  const channel = useViewProperty('channel');
  const method = useViewProperty('method');
  const asked = useViewProperty('layer');

  // What is known so far is all there but for its map, which is not final.
  const explained = (channel === null && soFar) || snapshot.explained;
  const isFinal = explained !== soFar;
  const shownImage = payload.images[explained?.image ?? imageIndex] ?? payload.images[0];
  const volume = explained?.volume;
  const planes = explained ? (explained.run.planes[explained.layer] ?? null) : null;
  const explainedLayer = model && explained && findLayer(model, explained.layer);
  const seen = React.useMemo(
    () => seenInput(shownImage, explained, explainedLayer, channel),
    [shownImage, explained, explainedLayer, channel]
  );
  const misspelt = React.useMemo(() => model && missingLayer(model, asked), [model, asked]);
  const ofPicture = [orientationNotice(shownImage), transparentNotice(shownImage), ...reducedNotices(shownImage)];
  const middle = Math.floor((seen.image?.slices ?? 1) / 2);
  const plain = usePicture(seen.image, volume?.at ?? middle, explained !== null, payload.preprocess);
  const curves = useCurves(model, seen.image);
  const picture = curves ?? plain;
  const aspect = React.useMemo(() => {
    const size = curves ?? (seen.image ? seenSize(seen.image) : planes);
    return size ? size.width / size.height : 1;
  }, [curves, seen, planes]);
  const outputAs = useViewProperty('outputAs');
  const spatial = React.useMemo(() => explained && spatialOutput(explained.run, outputAs), [explained, outputAs]);
  const reading = spatial?.reading ?? null;
  const scores = React.useMemo(
    () => (explained ? rankClasses(explained.run, payload.labels, trans, reading) : null),
    [explained, payload, trans, reading]
  );
  const name = React.useMemo(
    () => (explained ? classNamer(explained.run, payload.labels, trans, reading) : String),
    [explained, payload, trans, reading]
  );

  const layers = React.useMemo(() => mappable(model?.layers ?? []), [model]);
  const run = explained?.run ?? null;
  const target = run?.targets[0]?.index ?? null;
  const label =
    explained && scores && target !== null
      ? targetLabel(explained.target, target, scores.kind, name, trans, reading)
      : null;
  const laid = React.useMemo(
    () => explained && laidLayer(explained, seen.image && seen.image.input),
    [explained, seen]
  );
  const covered = laid?.grid.region ?? WHOLE;
  const isOfInput = explained !== null && channel === null && isInputMethod(explained.method);
  // Tokens lie as the image lay that they were cut from.
  const isPlain = explainedLayer?.spatial && explainedLayer.tokens === null;
  const isUnplaced = laid?.isUnplaced && isPlain && !isOfInput && !curves;
  const names = React.useMemo(
    () => channelNames(model, explainedLayer, spatial, run?.output ?? null, name),
    [model, explainedLayer, spatial, run, name]
  );
  const own = useShownMap(explained, covered, channel, label, isFinal, names);
  const [among, setAmong] = React.useState<ShownMap | null>(null);
  const map = among?.planes === own?.planes ? among : own;
  const order = useViewProperty('order');
  const probe = useViewProperty('probe');
  const isExplanation = explained !== null && explained.layer in explained.run.maps;
  // Sums over channels can be taken apart; other maps, and maps made for another library's eyes, cannot.
  const hasParts = isFinal && isExplanation && isChannelSum(explained.method) && explained.convention === null;
  const parts = useContributions(controller, hasParts && (order === 'weight' || probe !== null) ? explained : null);
  const seeing = laid?.field && explained && !isInputMethod(explained.method) ? laid : null;

  const classes = explained && scores && (
    <ClassList
      scores={scores}
      target={isClassTarget(explained.target) ? target : null}
      explained={explained}
      hasMap={isExplanation}
      onPick={index => session.explain({ target: index })}
    />
  );
  const stopped = isStopped(snapshot);
  const trySize = seen.image && seen.image.input === shownImage?.input ? seenSize(seen.image) : null;
  const isPicture = !volume && !curves && trySize !== null;
  const canTry = isFinal && explained !== null && isPicture && !snapshot.stored;
  const stored = stopped || (snapshot.stored && !explained) ? (keeper?.picture ?? null) : null;
  return (
    <ShownMapProvider now={shown} map={map}>
      <section
        role="group"
        className="jp-GradLens-view"
        aria-label={trans.__('GradLens: %1', payload.model.name)}
        aria-busy={busy !== null}
      >
        <Header
          title={payload.model.name}
          model={model}
          run={run}
          input={(seen.image ?? shownImage)?.input}
          isStored={snapshot.stored !== null}
        >
          <ResetChip />
          <StoryButton />
          <LinkControl />
        </Header>
        {payload.models && (
          <ModelsPanel
            explained={explained}
            map={own}
            onMap={setAmong}
            picture={picture}
            aspect={aspect}
            name={label ?? ''}
            classNames={name}
          />
        )}
        {payload.images.length > 1 && <Gallery payload={payload} run={run} isDisabled={stopped} />}
        <fieldset className="jp-GradLens-toolbar" aria-label={trans.__('Controls')} disabled={stopped}>
          <span className="jp-GradLens-withHelp">
            <LayerPicker
              layers={layers}
              selected={layer}
              isDisabled={model === null}
              onPick={picked => pickLayer(controller, picked.id)}
            />
            <HelpButton topic="layer" label={trans.__('About the layer')} />
          </span>
          <span className="jp-GradLens-withHelp">
            <MethodChoice disabled={model === null} />
            <HelpButton
              topic={method}
              label={trans.__('About the method')}
              note={whyOfPlaces(model, layer, session.state.output, trans)}
            />
          </span>
          <DisplayControls />
        </fieldset>
        {snapshot.file !== 'same' && <FileQuestion />}
        {problem !== null && !isPage && (
          <Problem message={problem} onRetry={isLasting ? undefined : () => void controller.start()} />
        )}
        {cancelled && busy === null && (
          <Problem
            message={message('Cancelled. What was computed before is still shown.')}
            onRetry={() => void controller.start()}
          />
        )}
        {isOutdated && (
          <Problem
            message={message('%1 has changed on the server since it was read.', payload.model.name)}
            action={trans.__('Read it again')}
            onRetry={() => void controller.readAgain()}
          />
        )}
        <Notices
          notices={[
            ...(isPage && problem ? [problem] : []),
            ...(misspelt ? [misspelt] : []),
            ...(model?.notices ?? []),
            ...(run?.notices ?? []).map(notice => withClassNames(notice, name)),
            ...(scores?.mismatch ? [scores.mismatch] : []),
            ...(seen.notice ? [seen.notice] : []),
            ...ofPicture.flatMap(notice => notice ?? []),
            ...(explained && laid?.isSpread ? [isApart(explained.layer)] : []),
            ...(explained && isUnplaced ? [hasNoPlace(explained.layer)] : [])
          ]}
        />
        {explained && payload.images.some(({ truth }) => truth !== undefined) && (
          <TruthNotice payload={payload} run={explained.run} />
        )}
        {model && explained && !snapshot.stored && <PreprocessDoubt model={model} explained={explained} />}
        {model && explained && explainedLayer && (
          <EmptyMap model={model} explained={explained} layer={explainedLayer} />
        )}
        {(payload.layers || model?.undeclared[0]) && <Declarations />}
        {isTrying && canTry && explained && trySize && (
          <ExperimentPanel
            explained={explained}
            picture={picture}
            size={trySize}
            aspect={aspect}
            region={covered}
            name={label ?? ''}
            onClose={() => setTrying(false)}
          />
        )}
        <div className="jp-GradLens-panels">
          <div className="jp-GradLens-main">
            {stored ? (
              <StoredPicture picture={stored} />
            ) : (
              <MapPanel
                picture={picture}
                aspect={aspect}
                isFinal={isFinal}
                busy={busy && <Busy progress={busy} onCancel={() => controller.cancel()} />}
                canGoBack={channel !== null && isExplanation}
                tools={
                  isFinal &&
                  explained && (
                    <TryButton
                      isPressed={isTrying && canTry}
                      isWithoutModel={snapshot.stored !== null}
                      isPicture={isPicture}
                      onClick={() => setTrying(!isTrying)}
                    />
                  )
                }
                fieldOf={seeing ? cursor => fieldOutline(seeing, cursor) : undefined}
                onPick={
                  isFinal && (isExplanation || channel !== null)
                    ? cursor => session.update({ probe: cursor })
                    : undefined
                }
              />
            )}
            {!stored && seen.caption && <p className="jp-GradLens-note">{translated(seen.caption, trans)}</p>}
            {!stored && shownImage?.others && explainedLayer && (
              <InputSwitch layer={explainedLayer} image={shownImage} />
            )}
            {volume && explained && (
              <SlicePanel
                volume={volume}
                axis={isOfInput ? null : sliceAxis(volume.run, explained.layer)}
                aspect={aspect}
              />
            )}
            {explained && channel !== null && payload.images.length > 1 && (
              <AcrossImages
                layer={explained.layer}
                channel={channel}
                region={covered}
                aspect={aspect}
                volume={volume}
              />
            )}
          </div>
          {explained && (
            <div className="jp-GradLens-side">
              {scores && !spatial && classes}
              {scores && spatial && (
                <SpatialPanel
                  output={spatial}
                  scores={scores}
                  name={name}
                  explained={explained}
                  picture={picture}
                  aspect={aspect}
                  hasMap={isExplanation}
                >
                  {classes}
                </SpatialPanel>
              )}
              {isExplanation && <UnitControls explained={explained} channel={channel} />}
              {probe && isExplanation && isFinal && (
                <CellPanel explained={explained} region={map?.region ?? WHOLE} cursor={probe} parts={parts} />
              )}
              {planes && (
                <FeatureGrid
                  planes={planes}
                  volume={volume?.run.planes[explained.layer]}
                  weights={hasParts ? parts.weights : undefined}
                  markedBy={seeing ? cursor => seeingCells(seeing, cursor) : undefined}
                  layer={explained.layer}
                  region={covered}
                  aspect={aspect}
                  names={names}
                  examine={snapshot.stored ? { ...examine, refusal: trans.__('It needs the model.') } : examine}
                />
              )}
              {planes && snapshot.stored && (
                <p className="jp-GradLens-note">
                  {isPage
                    ? trans.__('Stored in this page: values to within 1/510 of the range of each channel.')
                    : trans.__('Stored with the notebook: values to within 1/510 of the range of each channel.')}
                </p>
              )}
            </div>
          )}
        </div>
        {probe && explained && planes && channel !== null && explainedLayer && !snapshot.stored && (
          <CellSums explained={explained} layer={explainedLayer} planes={planes} region={covered} cursor={probe} />
        )}
        {snapshot.stored && Boolean(keeper?.experiments ?? keeper?.findings) && <KeptBelow />}
        {model && isExplanation && channel === null && !snapshot.stored && (
          <TrustSection explained={explained} model={model} />
        )}
        {examine.isOpen && model && snapshot.explained && !snapshot.stored && (
          <ChannelsPanel
            examine={examine}
            model={model}
            explained={snapshot.explained}
            picture={picture}
            aspect={aspect}
            region={covered}
          />
        )}
      </section>
    </ShownMapProvider>
  );
}

const isApart = (layer: string): Message =>
  message(
    'Branches that meet at or before %1 look at different places of the picture, so its maps are spread over all of it.',
    layer
  );

const hasNoPlace = (layer: string): Message =>
  message(
    'Where the cells of %1 look is not known, so its maps are stretched over all of the picture: do not read places from them.',
    layer
  );

/** The layers that have a place in the image; all of them in a model that has no such layer. */
function mappable(layers: readonly LayerInfo[]): readonly LayerInfo[] {
  const spatial = layers.filter(layer => layer.spatial);
  return spatial.some(layer => layer.op !== 'InputLayer') ? spatial : layers;
}
