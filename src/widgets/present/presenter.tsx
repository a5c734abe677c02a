import './present.css';
import * as React from 'react';
import { layerStep } from '../../layers/layer-steps';
import type { LiveView } from '../../session/view-tracker';
import { useSignal, useTrans } from '../shared/context';
import { useModel, useViewProperty } from '../shared/view-context';
import { useStory } from '../story/story-panel';
import { PayloadView } from '../view/view-frame';

/** A view that fills the screen, in large type, steered by keys. */
export function Presenter({ view, onLeave }: { view: LiveView; onLeave: () => void }): React.ReactElement {
  const trans = useTrans();
  const place = React.useRef<HTMLDivElement>(null);
  const player = useStory();
  const hasStory = useSignal(player.changed, () => player.snapshot.story.steps.length > 0);
  const { session, controller } = view;
  React.useEffect(() => place.current?.focus(), []);

  const goImage = (by: number): void => {
    const next = session.state.image + by;
    if (controller && next >= 0 && next < controller.payload.images.length) {
      session.explain({ image: next });
    }
  };
  const goLayer = (by: number): void => {
    const { model, layer } = controller?.snapshot ?? {};
    const next = model && layerStep(model, layer?.id ?? null, by);
    if (next) {
      session.explain({ layer: next.id });
    }
  };
  const goStep = (by: 1 | -1): void => (hasStory ? player.step(by) : goImage(by));
  // A clicker of those who present presses Page Down and Page Up.
  const keys: Record<string, () => void> = {
    ArrowRight: () => goImage(1),
    ArrowLeft: () => goImage(-1),
    ArrowDown: () => goLayer(1),
    ArrowUp: () => goLayer(-1),
    PageDown: () => goStep(1),
    PageUp: () => goStep(-1),
    Escape: onLeave
  };
  const onKeyDown = (event: React.KeyboardEvent): void => {
    const isControl = (event.target as Element).matches('input, select, textarea');
    const act = keys[event.key] as (() => void) | undefined;
    if (act && (!isControl || event.key === 'Escape') && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      event.stopPropagation();
      act();
    }
  };
  return (
    <div
      ref={place}
      role="dialog"
      aria-modal="true"
      aria-label={trans.__('Presentation of %1', view.title)}
      className="jp-ThemedContainer jp-GradLens-presenter"
      tabIndex={-1}
      data-gradlens-own-keys="true"
      onKeyDown={onKeyDown}
      // The keys are the presenter's again, once something was pointed at.
      onClick={event => {
        if (!(event.target as Element).closest('input, select, textarea, label, summary')) {
          place.current?.focus({ preventScroll: true });
        }
      }}
    >
      <div className="jp-GradLens-presented">
        <PayloadView payload={view.payload} view={view} />
      </div>
      <footer className="jp-GradLens-presenterLine">
        {controller && <Where />}
        <span className="jp-GradLens-presenterKeys">
          {[
            ...(controller && controller.payload.images.length > 1 ? [trans.__('← → image')] : []),
            ...(controller ? [trans.__('↑ ↓ layer')] : []),
            ...(hasStory ? [trans.__('Page Up, Page Down: step')] : [])
          ].join(' · ')}
        </span>
        <button type="button" className="jp-GradLens-button" aria-keyshortcuts="Escape" onClick={onLeave}>
          {trans.__('Leave')} <kbd>Esc</kbd>
        </button>
      </footer>
    </div>
  );
}

/** What is shown, told to all who cannot see the controls. */
function Where(): React.ReactElement {
  const { payload, snapshot } = useModel();
  const image = useViewProperty('image');
  const layer = snapshot.layer?.id ?? '';
  const name = payload.images[image]?.name;
  return (
    <span role="status" className="jp-GradLens-presenterWhere">
      {[layer, ...(name === undefined ? [] : [name])].join(' · ')}
    </span>
  );
}
