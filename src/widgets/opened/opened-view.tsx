import * as React from 'react';
import { guessPreprocess } from '../../session/guess-preprocess';
import type { ModelController } from '../../session/model-controller';
import { formatShape } from '../../session/layer-search';
import type { PayloadImage } from '../../mime/payload';
import { Busy, formatBytes } from '../busy';
import { useServices, useTrans } from '../context';
import { ModelView } from '../model-view';
import { Problem } from '../problem';
import { useSnapshot } from '../sidebar/use-view';
import { ImageInput, readImages } from './image-input';
import { listenForImages } from './image-sources';
import { InputSettings } from './input-settings';

/** How far a tab is with its file. */
export type OpenedStage =
  | { kind: 'looking' }
  | { kind: 'ask'; bytes: number }
  | { kind: 'problem'; message: string }
  | { kind: 'open' };

/** A model file in a tab: first what it is, then pictures for it, then the view. */
export function OpenedView(props: {
  path: string;
  /** The tab's element, on which pictures are dropped and pasted. */
  host: HTMLElement;
  stage: OpenedStage;
  controller: ModelController | null;
  onAccept: () => void;
  onRetry: () => void;
}): React.ReactElement {
  const { path, host, stage, controller, onAccept, onRetry } = props;
  const trans = useTrans();
  const name = path.split('/').pop() ?? path;
  switch (stage.kind) {
    case 'looking':
      return <p className="jp-GradLens-quiet">{trans.__('Looking at %1', name)}</p>;
    case 'problem':
      return <Problem message={stage.message} onRetry={onRetry} />;
    case 'ask':
      return (
        <div className="jp-GradLens-ask" role="group" aria-label={trans.__('Large file')}>
          <p>
            {trans.__(
              '%1 has %2. Reading it takes about twice that much of the browser’s memory.',
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
      return controller ? <OpenModel path={path} host={host} controller={controller} /> : <></>;
  }
}

function OpenModel(props: { path: string; host: HTMLElement; controller: ModelController }): React.ReactElement {
  const { path, host, controller } = props;
  const trans = useTrans();
  const { contents } = useServices();
  const snapshot = useSnapshot(controller);
  const [isHovered, setIsHovered] = React.useState(false);
  const [trouble, setTrouble] = React.useState<string | null>(null);
  const { images } = controller.payload;
  const model = snapshot?.model ?? null;

  const add = React.useCallback(
    (added: PayloadImage[]): void => {
      setTrouble(null);
      const before = controller.payload.images;
      const isFirst = before.length === 0;
      const known = controller.snapshot.model;
      void controller.revise({
        images: [...before, ...added],
        ...(isFirst && known ? { preprocess: guessPreprocess(known) } : {})
      });
      controller.session.update({ image: before.length });
    },
    [controller]
  );
  React.useEffect(
    () =>
      listenForImages(
        host,
        offered => {
          readImages(offered, contents).then(add, (reason: Error) => setTrouble(reason.message));
        },
        setIsHovered
      ),
    [host, contents, add]
  );

  const isEmpty = images.length === 0;
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
  const input = model?.inputs[0]?.shape.slice(1);
  return (
    <div className={`jp-GradLens-openedBody${isHovered ? ' jp-mod-hovered' : ''}`}>
      {isEmpty && (
        <header className="jp-GradLens-openedHeader">
          <h2>{controller.payload.model.name}</h2>
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
      {isEmpty && snapshot?.problem && <Problem message={snapshot.problem} onRetry={() => void controller.start()} />}
      {isEmpty && snapshot?.busy && <Busy progress={snapshot.busy} onCancel={() => controller.cancel()} />}
      {isEmpty && snapshot?.cancelled && (
        <Problem message={trans.__('Cancelled.')} onRetry={() => void controller.start()} />
      )}
      {model && (
        <div className="jp-GradLens-openedInput">
          <ImageInput folder={folder} isEmpty={isEmpty} onImages={add} onProblem={setTrouble} />
          <InputSettings controller={controller} model={model} />
        </div>
      )}
      {!isEmpty && (
        <div className="jp-GradLens-output">
          <ModelView controller={controller} />
        </div>
      )}
    </div>
  );
}
