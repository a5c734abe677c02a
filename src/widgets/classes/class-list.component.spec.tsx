import { page } from '@vitest/browser/context';
import * as React from 'react';
import { expect, it, vi } from 'vitest';
import type { ClassScores } from '../../classes/classes';
import type { Explained } from '../../session/model/explained';
import { renderInView, sessionWith } from '../testing/render';
import { ClassList } from './class-list';

const names = ['tank', 'no tank', 'sky', 'tree', 'road', 'house', 'lake'];
const scores = (properties: Partial<ClassScores> = {}): ClassScores => ({
  kind: 'classes',
  classes: names.map((label, i) => ({ index: i, label, score: 0.4 / 2 ** i })),
  areProbabilities: true,
  outputs: ['head'],
  output: 'head',
  mismatch: null,
  ...properties
});
const explained = { target: null, score: 'logit', method: 'grad-cam' } as Explained;

const list = (own: Partial<React.ComponentProps<typeof ClassList>> = {}): React.ReactElement => (
  <ClassList scores={scores()} target={0} explained={explained} hasMap={false} onPick={() => undefined} {...own} />
);

it('lists the five highest classes, and explains the one that is pressed', async () => {
  const pick = vi.fn();
  renderInView(list({ onPick: pick }));
  await expect.element(page.getByRole('button', { name: /^tank/ })).toHaveAttribute('aria-pressed', 'true');
  expect(page.getByRole('listitem').elements()).toHaveLength(5);
  await page.getByRole('button', { name: /^sky/ }).click();
  expect(pick).toHaveBeenCalledWith(2);
});

it('lists the explained class even when others score higher', async () => {
  renderInView(list({ target: 6 }));
  await expect.element(page.getByRole('button', { name: /^lake/ })).toHaveAttribute('aria-pressed', 'true');
  expect(page.getByRole('listitem').elements()).toHaveLength(6);
});

it('chooses another output, which closes the enlarged channel', async () => {
  const session = sessionWith({ channel: 3, target: 1 });
  renderInView(list({ scores: scores({ outputs: ['head', 'side'] }) }), { session });
  await page.getByRole('combobox', { name: 'Output' }).selectOptions('side');
  expect(session.state).toMatchObject({ output: 'side', target: null, channel: null });
});

it('is not there where there is nothing to choose', async () => {
  renderInView(
    <>
      {list({ scores: scores({ classes: [] }) })}
      <p>rendered</p>
    </>
  );
  await expect.element(page.getByText('rendered')).toBeVisible();
  expect(page.getByRole('group').elements()).toEqual([]);
});

it('offers what raises and what lowers an output that is one number, without percent or class', async () => {
  const session = sessionWith({});
  const value = {
    kind: 'value',
    classes: [{ index: 0, label: 'price', score: 312.456 }],
    areProbabilities: false
  } as const;
  renderInView(list({ scores: scores({ ...value, classes: [...value.classes] }) }), { session });
  const group = page.getByRole('group', { name: 'Output' });
  await expect.element(group).toHaveTextContent('price312.5');
  await expect.element(group).not.toHaveTextContent(/class|%/);
  await expect
    .element(page.getByRole('button', { name: 'what raises “price”' }))
    .toHaveAttribute('aria-pressed', 'true');
  await page.getByRole('button', { name: 'what lowers “price”' }).click();
  expect(session.state.target).toEqual({ class: null, negative: true });
  await expect
    .element(page.getByRole('button', { name: 'what lowers “price”' }))
    .toHaveAttribute('aria-pressed', 'true');
  await page.getByRole('button', { name: 'what raises “price”' }).click();
  expect(session.state.target).toBeNull();
});

it('lists the numbers of a regression in their order, with what raises and what lowers the one explained', async () => {
  const session = sessionWith({ target: 1 });
  const classes = [0.1, 0.6].map((score, index) => ({ index, label: `output ${index}`, score }));
  const regression = scores({ kind: 'values', classes, areProbabilities: false });
  const of = { ...explained, run: { targets: [{ index: 1, score: 0.6 }] } } as unknown as Explained;
  renderInView(list({ scores: regression, target: 1, explained: of, hasMap: true }), { session });
  await expect.element(page.getByRole('group', { name: 'Outputs' })).toBeVisible();
  const rows = page.getByRole('listitem').elements();
  expect(rows.map(row => row.textContent)).toEqual(['output 00.1', 'output 10.6']);
  await page.getByRole('button', { name: 'Explain', exact: true }).click();
  await page.getByRole('combobox', { name: 'Evidence' }).selectOptions('what lowers it');
  expect(session.state.target).toEqual({ class: 1, negative: true });
  expect(page.getByRole('combobox', { name: 'Rather than' }).elements()).toEqual([]);
});
