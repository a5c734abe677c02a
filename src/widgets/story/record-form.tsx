import * as React from 'react';
import { MOST_STEPS, MOST_TEXT } from '../../session/story/story';
import type { StoryPlayer } from '../../session/story/story-player';
import { useTrans } from '../shared/context';
import { RefusableButton } from '../shared/refusable';

/** Records what the view shows as a step, with what is said and asked of it. */
export function RecordForm({ player }: { player: StoryPlayer }): React.ReactElement {
  const trans = useTrans();
  const [text, setText] = React.useState('');
  const [question, setQuestion] = React.useState('');
  return (
    <form
      className="jp-GradLens-storyForm"
      aria-label={trans.__('A new step')}
      onSubmit={event => {
        event.preventDefault();
        if (!player.isFull) {
          player.record(text.trim(), question.trim());
          setText('');
          setQuestion('');
        }
      }}
    >
      <TextField label={trans.__('Sentence')} value={text} onChange={setText} />
      <TextField
        label={trans.__('Question before it')}
        hint={trans.__('none')}
        value={question}
        onChange={setQuestion}
      />
      <RefusableButton
        type="submit"
        className="jp-GradLens-button"
        refusal={player.isFull ? trans.__('A story has at most %1 steps.', MOST_STEPS) : undefined}
      >
        {trans.__('Record this view')}
      </RefusableButton>
    </form>
  );
}

/** In a notebook Enter does not reach a form by itself. */
export function submitByEnter(event: React.KeyboardEvent<HTMLInputElement>): void {
  if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
    event.preventDefault();
    event.currentTarget.form?.requestSubmit();
  }
}

/** A labelled field for a sentence. */
export function TextField(props: {
  label: string;
  hint?: string;
  value: string;
  onChange: (value: string) => void;
  onBlur?: () => void;
}): React.ReactElement {
  const { label, hint, value, onChange, onBlur } = props;
  return (
    <label className="jp-GradLens-field jp-GradLens-storyField">
      <span>{label}</span>
      <input
        className="jp-GradLens-input"
        value={value}
        maxLength={MOST_TEXT}
        placeholder={hint}
        autoComplete="off"
        onChange={event => onChange(event.target.value)}
        onBlur={onBlur}
        onKeyDown={submitByEnter}
      />
    </label>
  );
}
