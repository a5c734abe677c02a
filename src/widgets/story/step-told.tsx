import * as React from 'react';
import type { StoryPlayer } from '../../session/story/story-player';
import { useSignal, useTrans } from '../shared/context';
import { RefusableButton } from '../shared/refusable';
import { submitByEnter } from './record-form';

/** The step that is told, with Back and Next; its question first, which hides the rest until it is answered. */
export function StepTold({ player }: { player: StoryPlayer }): React.ReactElement {
  const trans = useTrans();
  const { story, at, step, isAsking, answer } = useSignal(player.changed, () => player.snapshot);
  const [typed, setTyped] = React.useState('');
  const count = story.steps.length;
  const field = React.useRef<HTMLInputElement>(null);
  const go = React.useRef<HTMLSpanElement>(null);
  React.useEffect(() => {
    setTyped('');
    const place = field.current?.closest('.jp-GradLens-presenter') ?? field.current?.closest('.jp-GradLens-story');
    if (isAsking && place?.contains(document.activeElement)) {
      field.current?.focus();
    }
  }, [step, isAsking]);
  const id = React.useId();

  return (
    <>
      <div className="jp-GradLens-storyLine">
        <h3>{story.title ?? trans.__('Story')}</h3>
        <span role="status">
          {count === 0
            ? trans.__('no step yet')
            : at < 0
              ? trans._n('%1 step', '%1 steps', count, count)
              : trans.__('Step %1 of %2', at + 1, count)}
        </span>
        <span ref={go} className="jp-GradLens-storyGo">
          <RefusableButton
            className="jp-GradLens-button"
            aria-keyshortcuts="ArrowLeft PageUp"
            refusal={at > 0 ? undefined : trans.__('This is where the story begins.')}
            onClick={() => player.step(-1)}
          >
            {trans.__('Back')}
          </RefusableButton>
          <RefusableButton
            className="jp-GradLens-button"
            aria-keyshortcuts="ArrowRight PageDown"
            refusal={
              isAsking
                ? trans.__('Answer the question first.')
                : at + 1 < count
                  ? undefined
                  : trans.__('There is no step behind this one.')
            }
            onClick={() => player.step(1)}
          >
            {at < 0 && count > 0 ? trans.__('Begin') : trans.__('Next')}
          </RefusableButton>
        </span>
      </div>
      {step && isAsking && (
        <form
          className="jp-GradLens-storyAsked"
          onSubmit={event => {
            event.preventDefault();
            if (typed.trim() !== '') {
              // The field goes with its question: the keys go on from what comes next.
              go.current?.querySelector<HTMLElement>('button:last-child')?.focus();
              player.answer(typed.trim());
            }
          }}
        >
          <label htmlFor={id} className="jp-GradLens-storyText">
            {step.question}
          </label>
          <span className="jp-GradLens-storyAnswer">
            <input
              id={id}
              ref={field}
              className="jp-GradLens-input"
              value={typed}
              autoComplete="off"
              placeholder={trans.__('Your prediction')}
              onChange={event => setTyped(event.target.value)}
              onKeyDown={submitByEnter}
            />
            <RefusableButton
              type="submit"
              className="jp-GradLens-button"
              refusal={typed.trim() === '' ? trans.__('Predict first: type an answer.') : undefined}
            >
              {trans.__('Answer and see')}
            </RefusableButton>
          </span>
        </form>
      )}
      {step && !isAsking && (
        <div aria-live="polite">
          {step.question !== undefined && (
            <p className="jp-GradLens-note">
              {answer === null ? step.question : trans.__('%1 You said: %2', step.question, answer)}
            </p>
          )}
          {step.text !== '' && <p className="jp-GradLens-storyText">{step.text}</p>}
        </div>
      )}
      {count === 0 && (
        <p className="jp-GradLens-note">
          {trans.__(
            'A story is a row of steps: what the view shows, a sentence, and a question before it if you like. Set the view, then record it.'
          )}
        </p>
      )}
    </>
  );
}
