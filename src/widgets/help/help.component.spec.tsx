/** The “?” beside controls, and the list of keys. */
import { nullTranslator } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';
import { page, userEvent } from '@vitest/browser/context';
import * as React from 'react';
import { expect, it } from 'vitest';
import { DisplayControls } from '../display/display-controls';
import { FAKE_MODEL, fakeModelView, FLATTENED_MODEL } from '../testing/fake-model';
import { render, renderInView } from '../testing/render';
import { ModelView } from '../view/model-view';
import { HelpButton } from './help-button';
import { KeyList } from './key-list';
import { commandKeys } from './keys-dialog';

it('explains a method by keyboard; Escape closes it, and the focus goes back', async () => {
  render(<HelpButton topic="score-cam" label="About the method" />);
  const button = page.getByRole('button', { name: 'About the method' });
  await expect.element(button).toBeVisible();
  (button.element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
  const panel = page.getByRole('dialog', { name: 'About the method' });
  await expect.element(panel.getByText('ReLU(Σₖ softmax(s)ₖ Aₖ)')).toBeVisible();
  await expect.element(panel.getByText(/for each channel, 128 at the most/)).toBeVisible();
  await expect
    .element(panel.getByRole('link', { name: 'Wang et al. 2020' }))
    .toHaveAttribute('href', 'https://arxiv.org/abs/1910.01279');
  await userEvent.keyboard('{Escape}');
  await expect.element(panel).not.toBeInTheDocument();
  await expect.element(button).toHaveFocus();
});

it('opens inside another panel, which stays open when it closes', async () => {
  renderInView(<DisplayControls />);
  await page.getByRole('button', { name: 'Display' }).click();
  const display = page.getByRole('dialog', { name: 'Display' });
  await display.getByRole('button', { name: 'About the range' }).click();
  const help = page.getByRole('dialog', { name: 'About the range' });
  await expect.element(help.getByText('colour = (value − low) / (high − low)')).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await expect.element(help).not.toBeInTheDocument();
  await expect.element(display).toBeVisible();
  await expect.element(display.getByRole('button', { name: 'About the range' })).toHaveFocus();
  await userEvent.keyboard('{Escape}');
  await expect.element(display).not.toBeInTheDocument();
});

it('lists the keys of maps, tiles and tree, and those of commands as they are bound', async () => {
  const commands = new CommandRegistry();
  commands.addCommand('gradlens:next-layer', { label: 'Next Layer', execute: () => undefined });
  commands.addCommand('other:save', { label: 'Save', execute: () => undefined });
  commands.addKeyBinding({ command: 'gradlens:next-layer', keys: ['Alt N'], selector: 'body' });
  commands.addKeyBinding({ command: 'other:save', keys: ['Alt S'], selector: 'body' });
  render(<KeyList commands={commandKeys(commands)} trans={nullTranslator.load('gradlens')} />);
  const row = (name: RegExp) => page.getByRole('row', { name });
  await expect.element(row(/^\+ Larger/)).toBeVisible();
  await expect.element(row(/^P Pin the channel/)).toBeVisible();
  await expect.element(row(/^\/ Search/)).toBeVisible();
  await expect.element(row(/Next Layer$/)).toHaveTextContent(/Alt.?N/);
  await expect.element(page.getByText('Save')).not.toBeInTheDocument();
});

it('says why a view begins with HiResCAM where the head reads positions, and only there', async () => {
  for (const [model, why] of [
    [FLATTENED_MODEL, /^At conv2 a view begins with HiResCAM: flatten behind it reads positions/],
    [FAKE_MODEL, null]
  ] as const) {
    const { controller, session, view } = fakeModelView({}, {}, model);
    const show = renderInView(<ModelView shown={view.shown} />, { session, controller });
    await controller.start();
    await page.getByRole('button', { name: 'About the method' }).click();
    const panel = page.getByRole('dialog', { name: 'About the method' });
    await expect.element(panel.getByText('Misleads')).toBeVisible();
    const found = panel.getByText(/a view begins with/);
    if (why) {
      await expect.element(found).toHaveTextContent(why);
    } else {
      expect(found.elements()).toEqual([]);
    }
    show(<></>);
  }
});

it('lists what the mouse does beside the keys', async () => {
  render(<KeyList trans={nullTranslator.load('gradlens')} />);
  const table = page.getByRole('table', { name: 'On a map, by mouse' });
  for (const name of ['Ctrl + wheel', 'Drag', 'Shift + drag', 'Double click', 'Click']) {
    await expect.element(table.getByRole('rowheader', { name, exact: true })).toBeVisible();
  }
});
