/** A model file in a tab, before and with its pictures. */
import './opened.css';
import { page } from '@vitest/browser/context';
import * as React from 'react';
import { expect, it, vi } from 'vitest';
import { message } from '../../messages/message';
import type { ViewServices } from '../../session/services';
import { fakeModelView } from '../testing/fake-model';
import { fakeServices, render } from '../testing/render';
import { type OpenedStage, OpenedView } from './opened-view';

const opened = (stage: OpenedStage, own: Partial<React.ComponentProps<typeof OpenedView>> = {}): React.ReactElement => (
  <OpenedView
    path="models/m.keras"
    stage={stage}
    view={null}
    isHovered={false}
    isReading={false}
    trouble={null}
    onAccept={() => undefined}
    onRetry={() => undefined}
    onOffer={() => undefined}
    onRemove={() => undefined}
    {...own}
  />
);

it('says what it looks at, and what a file is that is no model', async () => {
  const retry = vi.fn();
  const show = render(opened({ kind: 'looking' }));
  await expect.element(page.getByRole('status')).toHaveTextContent('Looking at m.keras');
  show(opened({ kind: 'problem', message: message('%1 is empty.', 'm.keras') }, { onRetry: retry }));
  await expect.element(page.getByRole('alert')).toHaveTextContent('m.keras is empty.');
  await page.getByRole('button', { name: 'Read it again' }).click();
  expect(retry).toHaveBeenCalledTimes(1);
});

it('asks before it reads a large file', async () => {
  const accept = vi.fn();
  render(opened({ kind: 'ask', bytes: 2e9 }, { onAccept: accept }));
  await expect.element(page.getByRole('group', { name: 'Large file' })).toHaveTextContent('2.00 GB');
  await page.getByRole('button', { name: 'Read it' }).click();
  expect(accept).toHaveBeenCalledTimes(1);
});

it('shows the model and asks for a picture, then shows what it sees in one', async () => {
  const empty = fakeModelView({}, { images: [] });
  const show = render(opened({ kind: 'open' }, { view: empty.view }));
  await empty.controller.start();
  await expect.element(page.getByRole('heading', { name: 'm.keras' })).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Choose a picture…' })).toBeVisible();
  const structure = page.getByRole('group', { name: 'Structure of m.keras' });
  await expect.element(structure.getByRole('button', { name: /^conv1 Conv2D · 84 par. · 2×2×3/ })).toBeVisible();
  await structure.getByRole('button', { name: /^conv1/ }).click();
  expect(empty.session.state.layer).toBe('conv1');
  await expect.element(page.getByRole('table', { name: 'Layers of m.keras' })).toBeVisible();
  await page.getByRole('combobox', { name: 'Pixel values' }).selectOptions('scale');
  await expect.poll(() => empty.controller.payload.preprocess).toBe('scale');
  const filled = fakeModelView();
  show(opened({ kind: 'open' }, { view: filled.view, trouble: message('“%1” is no picture.', 'a.txt') }));
  await filled.controller.start();
  await expect.element(page.getByRole('img', { name: /^Grad-CAM/ })).toBeVisible();
  await expect.element(structure).not.toBeInTheDocument();
  await expect.element(page.getByRole('alert')).toHaveTextContent('“a.txt” is no picture.');
});

it('walks through folders of the server, and says which cannot be listed', async () => {
  const { view, controller } = fakeModelView({}, { images: [] });
  const get = vi.fn(async (folder: string) => {
    if (folder === 'models/locked') {
      throw new Error('403');
    }
    const item = (name: string, type: string) => ({ name, path: `${folder}/${name}`, type, mimetype: 'image/png' });
    return { content: [item('tank.png', 'file'), item('locked', 'directory')] };
  });
  const contents = { get } as unknown as ViewServices['contents'];
  render(opened({ kind: 'open' }, { view }), fakeServices({ contents }));
  await controller.start();
  await page.getByRole('button', { name: 'From Jupyter’s files' }).click();
  await expect.element(page.getByRole('button', { name: 'tank.png' })).toBeVisible();
  await page.getByRole('button', { name: /locked/ }).click();
  await expect.element(page.getByText('The folder “models/locked” cannot be listed: 403')).toBeVisible();
});
