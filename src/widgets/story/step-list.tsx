import * as React from 'react';
import type { Step } from '../../session/story/story';
import type { StoryPlayer } from '../../session/story/story-player';
import { useSignal, useTrans } from '../shared/context';
import { RefusableButton } from '../shared/refusable';
import { TextField } from './record-form';

/** The steps of a story, to be worded, put in order, taken anew and deleted. */
export function StepList({ player }: { player: StoryPlayer }): React.ReactElement | null {
  const trans = useTrans();
  const { story, at } = useSignal(player.changed, () => player.snapshot);
  const count = story.steps.length;
  return count === 0 ? null : (
    <>
      <Title key={story.title} title={story.title ?? ''} player={player} />
      <ol className="jp-GradLens-storySteps" aria-label={trans.__('Steps')}>
        {story.steps.map((step, i) => (
          <li key={player.idOf(step)} aria-current={i === at ? 'step' : undefined}>
            <StepTexts step={step} number={i + 1} at={i} player={player} />
            <span className="jp-GradLens-storyTools">
              <button type="button" className="jp-GradLens-button" onClick={() => player.go(i)}>
                {trans.__('Show step %1', i + 1)}
              </button>
              <button
                type="button"
                className="jp-GradLens-button"
                title={trans.__('Make the step show what the view shows now')}
                onClick={() => player.renew(i)}
              >
                {trans.__('Take step %1 anew', i + 1)}
              </button>
              <RefusableButton
                className="jp-GradLens-button"
                aria-label={trans.__('Move step %1 up', i + 1)}
                refusal={i > 0 ? undefined : trans.__('It is the first.')}
                onClick={() => player.move(i, -1)}
              >
                <span aria-hidden="true">↑</span>
              </RefusableButton>
              <RefusableButton
                className="jp-GradLens-button"
                aria-label={trans.__('Move step %1 down', i + 1)}
                refusal={i + 1 < count ? undefined : trans.__('It is the last.')}
                onClick={() => player.move(i, 1)}
              >
                <span aria-hidden="true">↓</span>
              </RefusableButton>
              <button type="button" className="jp-GradLens-button" onClick={() => player.remove(i)}>
                {trans.__('Delete step %1', i + 1)}
              </button>
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}

function Title({ title, player }: { title: string; player: StoryPlayer }): React.ReactElement {
  const trans = useTrans();
  const [typed, setTyped] = React.useState(title);
  return (
    <TextField
      label={trans.__('Title of the story')}
      hint={trans.__('none')}
      value={typed}
      onChange={setTyped}
      onBlur={() => typed.trim() !== title && player.name(typed.trim())}
    />
  );
}

function StepTexts(props: { step: Step; number: number; at: number; player: StoryPlayer }): React.ReactElement {
  const { step, number, at, player } = props;
  const trans = useTrans();
  const [text, setText] = React.useState(step.text);
  const [question, setQuestion] = React.useState(step.question ?? '');
  const [known, setKnown] = React.useState(step);
  if (known !== step) {
    // As they are kept, or another reader of the page worded them.
    setKnown(step);
    setText(step.text);
    setQuestion(step.question ?? '');
  }
  const keep = (): void => {
    if (text.trim() !== step.text || question.trim() !== (step.question ?? '')) {
      player.edit(at, text.trim(), question.trim());
    }
  };
  return (
    <>
      <TextField label={trans.__('Sentence of step %1', number)} value={text} onChange={setText} onBlur={keep} />
      <TextField
        label={trans.__('Question of step %1', number)}
        hint={trans.__('none')}
        value={question}
        onChange={setQuestion}
        onBlur={keep}
      />
    </>
  );
}
