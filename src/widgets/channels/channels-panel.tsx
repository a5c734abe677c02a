import '../trust/check.css';
import './channels.css';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { ModelSummary } from '../../graph/layer-info';
import { fetched } from '../../messages/fetched';
import { translated } from '../../messages/message';
import type { Explained } from '../../session/model/explained';
import { wholeRun } from '../../session/model/slices';
import type { Region } from '../../state/view-state';
import type { OffBy } from '../../state/vocabulary';
import { ChangedFeatures } from '../experiment/changed-features';
import { compareMaps } from '../experiment/compared-maps';
import { ComparedPanes } from '../experiment/compared-panes';
import { QuestionSection } from '../experiment/question-section';
import { ScoreTable } from '../experiment/score-table';
import type { Examine } from '../grid/use-examine';
import { useTrans } from '../shared/context';
import { Choice } from '../shared/fields';
import { useModel, useView, useViewProperty } from '../shared/view-context';
import { CopyCell } from './copy-cell';
import { Effects } from './effects';
import { firstConvolution } from './first-convolution';
import { Health } from './health';
import { Kernels } from './kernels';
import { LooksFor } from './looks-for';
import { useWithout } from './use-without';

/** Switches channels off and shows what becomes of scores, map and features; ranks them, shows what they look for, and judges those of all layers. */
export function ChannelsPanel(props: {
  examine: Examine;
  model: ModelSummary;
  explained: Explained;
  picture: ImageBitmap | null;
  aspect: number;
  /** The part of the image that the layer's cells cover. */
  region: Region;
}): React.ReactElement {
  const { examine, model, explained, picture, aspect, region } = props;
  const { off } = examine;
  const { payload, session } = useModel();
  const { map } = useView();
  const trans = useTrans();
  const channel = useViewProperty('channel');
  const by = useViewProperty('offBy');
  const { run, hasMap, isBusy, problem } = useWithout(explained, off, by);
  const { layer } = explained;
  const isExplanation = channel === null && layer in explained.run.maps;
  const maps = React.useMemo(
    () => (map && run && (hasMap || channel !== null) ? compareMaps(map, run, layer, isExplanation) : null),
    [map, run, hasMap, channel, layer, isExplanation]
  );
  const first = React.useMemo(() => firstConvolution(model.layers, layer), [model, layer]);
  const isOff = off.some(one => one.layer === layer && one.channel === channel);
  return (
    <QuestionSection
      label={trans.__('Channels')}
      title={trans.__('What if channels were off?')}
      className="jp-GradLens-channels"
      isBusy={isBusy}
      onClose={examine.close}
    >
      <div className="jp-GradLens-buttons">
        <Choice<OffBy>
          label={trans.__('A channel that is off is')}
          value={by}
          options={[
            { value: 'zero', label: trans.__('0') },
            { value: 'mean', label: trans.__('its mean over this image') }
          ]}
          onChange={offBy => session.update({ offBy })}
        />
        <button
          type="button"
          className="jp-GradLens-button"
          disabled={channel === null}
          onClick={() => channel !== null && examine.toggle(layer, channel)}
        >
          {channel === null
            ? trans.__('Switch off')
            : isOff
              ? trans.__('Switch channel %1 on again', channel)
              : trans.__('Switch channel %1 off', channel)}
        </button>
      </div>
      <Chips examine={examine} by={by}>
        <CopyCell
          explained={explained}
          model={model}
          cell={async cell => {
            const { withoutCode } = await fetched(import('../../session/view/without-code'));
            const { output, outputs } = wholeRun(explained);
            const names = model.outputs.map(({ name }) => name);
            return withoutCode(
              cell,
              session.state,
              Math.max(0, names.indexOf(output ?? '')),
              Object.keys(outputs).length
            );
          }}
        />
      </Chips>
      {problem && <p className="jp-GradLens-note">{translated(problem, trans)}</p>}
      <ScoreTable
        before={explained.run}
        after={run}
        labels={payload.labels}
        hint={trans.__('Choose a channel among the feature maps, and switch it off here or with the key O.')}
      />
      {maps && run && (
        <>
          <ComparedPanes
            title={map?.title ?? ''}
            maps={maps}
            picture={picture}
            given={null}
            aspect={aspect}
            changes={[`${offBy(by, trans)} ${examine.off.map(one => `${one.layer} ${one.channel}`).join(', ')}`]}
          />
          <ChangedFeatures before={explained.run} after={run} layer={layer} region={region} aspect={aspect} />
        </>
      )}
      <Effects explained={explained} by={by} />
      <LooksFor explained={explained} model={model} />
      {first && <Kernels layer={first} image={explained.image} />}
      <Health model={model} />
    </QuestionSection>
  );
}

const offBy = (by: OffBy, trans: TranslationBundle): string =>
  by === 'zero' ? trans.__('Off, set to 0:') : trans.__('Off, set to their mean:');

/** The channels that are off, each with a way back. */
function Chips(props: { examine: Examine; by: OffBy; children: React.ReactNode }): React.ReactElement | null {
  const { by, children } = props;
  const { off, toggle, allOn } = props.examine;
  const trans = useTrans();
  if (off.length === 0) {
    return null;
  }
  return (
    <div role="group" aria-label={trans.__('Channels that are off')} className="jp-GradLens-pins">
      <span>{offBy(by, trans)}</span>
      {off.map(({ layer, channel }) => {
        const label = trans.__('Switch channel %1 of %2 on again', channel, layer);
        return (
          <button
            key={`${layer} ${channel}`}
            type="button"
            className="jp-GradLens-pin"
            aria-label={label}
            title={label}
            onClick={() => toggle(layer, channel)}
          >
            {trans.__('%1: %2', layer, channel)} ×
          </button>
        );
      })}
      <button type="button" className="jp-GradLens-button" onClick={allOn}>
        {trans.__('All on again')}
      </button>
      {children}
      <span>{trans.__('The map above is of the whole model.')}</span>
    </div>
  );
}
