import * as React from 'react';
import { formatShape } from '../../layers/layer-search';
import { type Message, message } from '../../messages/message';
import type { PayloadImage } from '../../mime/payload';
import { formatBytes } from '../../session/progress/progress-text';
import type { ShownNow } from '../../session/view/shown-map';
import type { ViewHandle } from '../../session/view-tracker';
import { Busy } from '../shared/busy';
import { useTrans } from '../shared/context';
import { Problem } from '../shared/problem';
import { useModel, ViewProvider } from '../shared/view-context';
import { StructureDiagram } from '../sidebar/structure/structure-diagram';
import { ModelTable } from '../sidebar/summary-table';
import { ModelView } from '../view/model-view';
import { FileQuestion } from '../view/notices/file-question';
import { ImageInput } from './image-input';
import { InputSettings } from './input-settings';

/** The state of a tab with its file. */
export type OpenedStage =
  { kind: 'looking' } | { kind: 'ask'; bytes: number } | { kind: 'problem'; message: Message } | { kind: 'open' };

interface Pictures {
  /** Something that could be dropped is above the tab. */
  isHovered: boolean;
  /** A picture is on its way. */
  isReading: boolean;
  /** The problem with the last picture, or null. */
  trouble: Message | null;
  onOffer: (reading: Promise<PayloadImage[]>) => void;
  /** Takes the picture in use off the tab. */
  onRemove: () => void;
}

/** A model file in a tab: first what it is, then pictures for it, then the view. */
export function OpenedView(
  props: Pictures & {
    path: string;
    stage: OpenedStage;
    view: ViewHandle | null;
    onAccept: () => void;
    onRetry: () => void;
  }
): React.ReactElement {
  const { path, stage, view, onAccept, onRetry, ...pictures } = props;
  const trans = useTrans();
  const name = path.split('/').pop() ?? path;
  switch (stage.kind) {
    case 'looking':
      return (
        <p className="jp-GradLens-quiet" role="status">
          {trans.__('Looking at %1', name)}
        </p>
      );
    case 'problem':
      return <Problem message={stage.message} action={trans.__('Read it again')} onRetry={onRetry} />;
    case 'ask':
      return (
        <div className="jp-GradLens-ask" role="group" aria-label={trans.__('Large file')}>
          <p>
            {trans.__(
              '%1 is %2. Reading it takes about twice that much of the browser’s memory.',
              name,
              formatBytes(stage.bytes)
            )}
          </p>
          <button type="button" className="jp-GradLens-button" onClick={onAccept}>
            {trans.__('Read it')}
          </button>
        </div>
      );
    case 'open':
      return view ? (
        <ViewProvider view={view}>
          <OpenModel folder={path.slice(0, Math.max(0, path.lastIndexOf('/')))} shown={view.shown} {...pictures} />
        </ViewProvider>
      ) : (
        <></>
      );
  }
}

/** A model, a place for pictures of it, and with the first its view. */
export function OpenModel(props: Pictures & { folder: string; shown: ShownNow }): React.ReactElement {
  const { folder, shown, isHovered, isReading, trouble, onOffer, onRemove } = props;
  const trans = useTrans();
  const { controller, payload, snapshot } = useModel();
  const { images } = payload;
  const { model } = snapshot;

  const isEmpty = images.length === 0;
  const input = model?.inputs[0]?.shape.slice(1);
  return (
    <div className={`jp-GradLens-openedBody${isHovered ? ' jp-mod-hovered' : ''}`}>
      {isEmpty && (
        <header className="jp-GradLens-openedHeader">
          <h2>{payload.model.name}</h2>
          {model && (
            <p className="jp-GradLens-facts">
              {[
                trans.__('%1 layers', model.layers.length.toLocaleString()),
                trans.__('%1 parameters', model.parameters.toLocaleString()),
                ...(input ? [trans.__('input %1', formatShape(input))] : []),
                ...(model.kerasVersion === null ? [] : [trans.__('Keras %1', model.kerasVersion)])
              ].join(' · ')}
            </p>
          )}
        </header>
      )}
      {trouble !== null && <Problem message={trouble} />}
      {isReading && model && (
        <p className="jp-GradLens-quiet" role="status">
          {trans.__('Reading the picture')}
        </p>
      )}
      {isEmpty && <FileQuestion />}
      {isEmpty && snapshot.problem && (
        <Problem
          message={snapshot.problem}
          action={snapshot.isLasting ? trans.__('Read it again') : undefined}
          onRetry={() => void (snapshot.isLasting ? controller.readAgain() : controller.start())}
        />
      )}
      {isEmpty && snapshot.busy && <Busy progress={snapshot.busy} onCancel={() => controller.cancel()} />}
      {isEmpty && snapshot.cancelled && (
        <Problem message={message('Cancelled.')} onRetry={() => void controller.start()} />
      )}
      {model && (
        <div className="jp-GradLens-openedInput">
          <ImageInput folder={folder} isEmpty={isEmpty} onOffer={onOffer} onRemove={onRemove} />
          <InputSettings model={model} />
        </div>
      )}
      {isEmpty && model && (
        <div className="jp-GradLens-openedModel">
          <StructureDiagram key={model.model} controller={controller} />
          <section className="jp-GradLens-summary" role="group" aria-label={trans.__('Summary')}>
            <ModelTable title={trans.__('Summary')} model={model} trans={trans} />
          </section>
        </div>
      )}
      {!isEmpty && (
        <div className="jp-GradLens-output">
          <ModelView shown={shown} />
        </div>
      )}
    </div>
  );
}
