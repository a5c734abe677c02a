import './story.css';
import * as React from 'react';
import { translated } from '../../messages/message';
import { MOST_JSON } from '../../session/story/story';
import { storyOf, type StoryPlayer } from '../../session/story/story-player';
import { saveText, tellSaved } from '../export/save-file';
import { FileButton } from '../files/file-button';
import { useServices, useSignal } from '../shared/context';
import { RefusableButton } from '../shared/refusable';
import { useView } from '../shared/view-context';
import { RecordForm } from './record-form';
import { StepList } from './step-list';
import { StepTold } from './step-told';

/** A view's story: told with Back and Next, recorded, put in order, saved and loaded. */
export function StoryPanel(): React.ReactElement {
  const services = useServices();
  const { trans } = services;
  const { session } = useView();
  const player = useStory();
  const { story, problem } = useSignal(player.changed, () => player.snapshot);
  const [isEditing, setEditing] = React.useState(false);
  const view = services.tracker.views.find(one => one.session === session);
  const count = story.steps.length;

  const load = async (chosen: File | undefined): Promise<void> => {
    try {
      // A larger file is refused by its beginning.
      player.load(chosen ? await chosen.slice(0, 4 * MOST_JSON + 4).text() : '');
    } catch (error) {
      player.refuse(error);
    }
  };
  const save = (): void => {
    const name = `${(view?.title ?? 'view').replace(/[^\p{L}\p{N}._-]+/gu, '_')}.story.json`;
    saveText(name, 'application/json', player.toJSON());
    tellSaved(name, trans);
  };

  return (
    <section
      className="jp-GradLens-story"
      role="group"
      aria-label={trans.__('Story')}
      onKeyDown={event => onStoryKey(event, player)}
    >
      <StepTold player={player} />
      {problem && (
        <p className="jp-GradLens-storyProblem" role="alert">
          {translated(problem, trans)}
        </p>
      )}
      <div className="jp-GradLens-storyTools">
        <button
          type="button"
          className="jp-GradLens-button"
          aria-expanded={isEditing}
          onClick={() => setEditing(!isEditing)}
        >
          {count === 0 ? trans.__('Record') : trans.__('Record and edit')}
        </button>
        <RefusableButton
          className="jp-GradLens-button"
          refusal={count === 0 ? trans.__('There is no step yet: record one first.') : undefined}
          onClick={save}
        >
          {trans.__('Save story')}
        </RefusableButton>
        <FileButton
          name={trans.__('File of a story')}
          accept=".json,application/json"
          onFiles={([chosen]) => void load(chosen)}
        >
          {trans.__('Load story')}
        </FileButton>
        {view && (
          <button
            type="button"
            className="jp-GradLens-button"
            title={trans.__('Large and alone on the screen; Escape leaves')}
            onClick={() => services.present(view)}
          >
            {trans.__('Present')}
          </button>
        )}
      </div>
      {isEditing && (
        <>
          <RecordForm player={player} />
          <StepList player={player} />
        </>
      )}
    </section>
  );
}

/** The story of the view that this is in. */
export function useStory(): StoryPlayer {
  const { session, controller, keeper } = useView();
  return React.useMemo(() => storyOf(session, keeper, controller?.payload.story), [session, controller, keeper]);
}

/** Arrows and pages go through the story, but in fields, where they go through the text. */
function onStoryKey(event: React.KeyboardEvent, player: StoryPlayer): void {
  const isTyping = (event.target as Element).matches('input, textarea');
  const by = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 }[event.key] as 1 | -1 | undefined;
  if (by && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    event.stopPropagation();
    player.step(by);
  }
}
