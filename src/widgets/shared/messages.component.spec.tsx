import { page, userEvent } from '@vitest/browser/context';
import * as React from 'react';
import { expect, it, vi } from 'vitest';
import { message } from '../../messages/message';
import { render } from '../testing/render';
import { Busy } from './busy';
import { ErrorBoundary } from './error-boundary';
import { later } from './later';
import { Notices } from './notices';
import { Popover } from './popover';
import { Problem } from './problem';

it('says what went wrong, and tries again', async () => {
  const retry = vi.fn();
  render(<Problem message={message('The file is gone.')} onRetry={retry} />);
  await expect.element(page.getByRole('alert')).toHaveTextContent('The file is gone.');
  await page.getByRole('button', { name: 'Try again' }).click();
  expect(retry).toHaveBeenCalledTimes(1);
});

it('offers nothing to press where there is nothing to try', async () => {
  render(<Problem message={message('The file is gone.')} />);
  await expect.element(page.getByRole('alert')).toBeVisible();
  expect(page.getByRole('button').elements()).toEqual([]);
});

it('takes only the place of a part that cannot be fetched, and fetches it again', async () => {
  const Part = ({ name }: { name: string }): React.ReactElement => <p>The part of {name}</p>;
  let isServed = false;
  const load = vi.fn(async () => {
    if (!isServed) {
      throw new Error('Loading chunk 7 failed.');
    }
    return Part;
  });
  const Later = later<{ name: string }>(load);
  const view = (
    <>
      <p>The rest</p>
      <Later name="one" />
    </>
  );
  const show = render(view);
  const alert = page.getByRole('alert');
  await expect.element(alert).toHaveTextContent(/^A part of GradLens could not be loaded, .* reload the page\./);
  await expect.element(page.getByText('The rest')).toBeVisible();
  isServed = true;
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect.element(page.getByText('The part of one')).toBeVisible();
  await expect.element(alert).not.toBeInTheDocument();
  expect(load).toHaveBeenCalledTimes(2);
  // What is known is there at once.
  show(<Later key="other" name="two" />);
  await expect.element(page.getByText('The part of two')).toBeVisible();
  expect(load).toHaveBeenCalledTimes(2);
});

it('leaves what goes wrong in a part that was fetched to what stands round it', async () => {
  const Part = (): React.ReactElement => {
    throw new Error('It does not draw.');
  };
  const Later = later(async () => Part);
  render(
    <ErrorBoundary>
      <Later />
    </ErrorBoundary>
  );
  await expect.element(page.getByRole('alert')).toHaveTextContent('It does not draw.');
});

it('lists notices, and is not there without one', async () => {
  const show = render(<Notices notices={[]} />);
  expect(page.getByRole('status').elements()).toEqual([]);
  show(<Notices notices={[message('First.'), message('Second.')]} />);
  await expect.element(page.getByRole('status')).toBeVisible();
  expect(
    page
      .getByRole('listitem')
      .elements()
      .map(item => item.textContent)
  ).toEqual(['First.', 'Second.']);
});

it('shows how far work is, and cancels it', async () => {
  const cancel = vi.fn();
  const progress = { phase: 'forward' as const, done: 30, total: 120, secondsLeft: null };
  render(<Busy progress={progress} onCancel={cancel} />);
  const bar = page.getByRole('progressbar');
  await expect.element(bar).toHaveAttribute('value', '30');
  await expect.element(bar).toHaveAttribute('max', '120');
  await page.getByRole('button', { name: 'Cancel' }).click();
  expect(cancel).toHaveBeenCalledTimes(1);
});

it('opens a panel by its button and closes it with Escape, giving the focus back', async () => {
  render(
    <Popover label="Display">
      <button type="button">Inside</button>
    </Popover>
  );
  const button = page.getByRole('button', { name: 'Display' });
  await button.click();
  await expect.element(page.getByRole('dialog', { name: 'Display' })).toBeVisible();
  await expect.element(button).toHaveAttribute('aria-expanded', 'true');
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
  await expect.element(button).toHaveFocus();
});

it('closes a panel with a click elsewhere', async () => {
  render(
    <>
      <Popover label="Display">
        <p>Inside</p>
      </Popover>
      <p>Elsewhere</p>
    </>
  );
  await page.getByRole('button', { name: 'Display' }).click();
  await expect.element(page.getByRole('dialog')).toBeVisible();
  await page.getByText('Elsewhere').click();
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
});
