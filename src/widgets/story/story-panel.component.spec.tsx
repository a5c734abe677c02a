/** A view's story: by role and by keys, narrow and with texts of anybody. */
import { page, userEvent } from '@vitest/browser/context';
import * as React from 'react';
import { expect, it } from 'vitest';
import type { Story } from '../../session/story/story';
import { renderInView, sessionWith } from '../testing/render';
import { StoryPanel } from './story-panel';

const story = page.getByRole('group', { name: 'Story', exact: true });
const LONG = 'Donaudampfschifffahrtsgesellschaftskapitänsmütze'.repeat(4);
const TOLD: Story = {
  version: 1,
  title: LONG,
  steps: [
    { view: { opacity: 0.1 }, text: `<img src=x onerror="document.title='ran'"> ${LONG}` },
    { view: { opacity: 0.9 }, text: 'Two.', question: `What is two? ${LONG}` }
  ]
};

/** A keeper, as far as stories go. */
function kept(raw: unknown): { keeper: never; written: unknown[] } {
  const written: unknown[] = [];
  return { keeper: { story: raw, keepStory: (one: unknown) => written.push(one) } as never, written };
}

it('is told by keys, and asks before it shows', async () => {
  const session = sessionWith();
  renderInView(<StoryPanel />, { session, keeper: kept(TOLD).keeper });
  await expect.element(story.getByText('2 steps')).toBeVisible();
  (story.getByRole('button', { name: 'Begin' }).element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowRight}');
  await expect.element(story.getByText('Step 1 of 2')).toBeVisible();
  expect(session.state.opacity).toBe(0.1);
  await userEvent.keyboard('{PageDown}');
  const field = story.getByRole('textbox', { name: /^What is two/ });
  await expect.element(field).toHaveFocus();
  expect(session.state.opacity).toBe(0.1);
  // Without an answer nothing is shown.
  await userEvent.keyboard('{Enter}');
  expect(session.state.opacity).toBe(0.1);
  await userEvent.keyboard('2{Enter}');
  await expect.element(story.getByText('Two.')).toBeVisible();
  expect(session.state.opacity).toBe(0.9);
});

it('shows markup as text, and stays within 280 pixels', async () => {
  renderInView(
    <div style={{ width: 280 }}>
      <StoryPanel />
    </div>,
    { keeper: kept(TOLD).keeper }
  );
  await userEvent.click(story.getByRole('button', { name: 'Begin' }));
  await expect.element(story.getByText(/<img src=x/)).toBeVisible();
  expect(document.querySelector('.jp-GradLens-story img')).toBeNull();
  await userEvent.click(story.getByRole('button', { name: 'Record and edit' }));
  await userEvent.click(story.getByRole('button', { name: 'Next' }));
  const { scrollWidth, clientWidth } = story.element();
  expect(scrollWidth).toBeLessThanOrEqual(clientWidth);
});

it('records, words, moves and deletes steps', async () => {
  const session = sessionWith({ opacity: 0.3 });
  const { keeper, written } = kept(undefined);
  renderInView(<StoryPanel />, { session, keeper });
  await userEvent.click(story.getByRole('button', { name: 'Record' }));
  await userEvent.fill(story.getByRole('textbox', { name: 'Sentence', exact: true }), 'One.');
  await userEvent.click(story.getByRole('button', { name: 'Record this view' }));
  session.update({ opacity: 0.7 });
  await userEvent.fill(story.getByRole('textbox', { name: 'Sentence', exact: true }), 'Two.');
  await userEvent.click(story.getByRole('button', { name: 'Record this view' }));
  expect(written.at(-1)).toMatchObject({
    steps: [
      { text: 'One.', view: { opacity: 0.3 } },
      { text: 'Two.', view: { opacity: 0.7 } }
    ]
  });
  await userEvent.click(story.getByRole('button', { name: 'Move step 2 up' }));
  await userEvent.fill(story.getByRole('textbox', { name: 'Question of step 1' }), 'Why?');
  await userEvent.tab();
  expect(written.at(-1)).toMatchObject({ steps: [{ text: 'Two.', question: 'Why?' }, { text: 'One.' }] });
  await userEvent.click(story.getByRole('button', { name: 'Delete step 1' }));
  await userEvent.click(story.getByRole('button', { name: 'Delete step 1' }));
  await expect.element(story.getByText('no step yet')).toBeVisible();
  expect(written.at(-1)).toBeUndefined();
});

it('says what is wrong with a story that a notebook holds', async () => {
  renderInView(<StoryPanel />, { keeper: kept({ version: 1, steps: [{ view: {}, text: '', onload: '' }] }).keeper });
  await expect
    .element(story.getByRole('alert'))
    .toHaveTextContent('GradLens cannot tell this story: in step 1, “onload” is no property of a step.');
});
