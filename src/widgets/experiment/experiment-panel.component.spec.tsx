/** What if a part were not there: the panel, by role and by keys, with an engine of fixed numbers. */
import { type Locator, page, userEvent } from '@vitest/browser/context';
import * as React from 'react';
import { expect, it } from 'vitest';
import { experimentOf } from '../../session/experiment/experiment';
import { fakeModelView, type FakeView, resultOfVolume } from '../testing/fake-model';
import { renderInView } from '../testing/render';
import { ModelView } from '../view/model-view';
import { KeptExperiments } from './kept-experiments';

const panel = page.getByRole('group', { name: 'Experiment', exact: true });
const picture = panel.getByRole('img', { name: 'Picture to cover' });
const tool = (name: string) => panel.getByRole('group', { name: 'Draw' }).getByRole('button', { name });

/** A picture of 4 x 4 pixels. */
function pngOf(side: number): string {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = side;
  canvas.getContext('2d')!.fillRect(0, 0, side, side);
  return canvas.toDataURL('image/png').split(',')[1];
}

async function opened(): Promise<FakeView> {
  const fake = fakeModelView({}, { images: [{ name: 'a.png', picture: pngOf(4) }] });
  renderInView(<ModelView shown={fake.view.shown} />, { session: fake.session, controller: fake.controller });
  await fake.controller.start();
  await page.getByRole('button', { name: 'Cover or change the picture' }).click();
  await expect.element(picture).toBeVisible();
  fake.runs.length = 0;
  return fake;
}

/** The PNG that a button hands over: its name, its width in pixels, and what it says of itself. */
async function savedBy(button: Locator): Promise<{ name: string; text: string; width: number }> {
  const { click } = HTMLAnchorElement.prototype;
  try {
    return await new Promise(resolve => {
      HTMLAnchorElement.prototype.click = function () {
        void fetch(this.href)
          .then(async answer => answer.blob())
          .then(async blob => {
            const { width } = await createImageBitmap(blob);
            resolve({
              name: this.download,
              width,
              text: /model m[^]*? black/.exec(new TextDecoder('latin1').decode(await blob.arrayBuffer()))?.[0] ?? ''
            });
          });
      };
      (button.element() as HTMLElement).click();
    });
  } finally {
    HTMLAnchorElement.prototype.click = click;
  }
}

const coverOf = ({ controller }: FakeView) => experimentOf(controller, null).now.cover;

it('covers by keys with the brush, and undoes and does it again', async () => {
  const fake = await opened();
  await panel.getByRole('slider', { name: 'Brush size' }).fill('1');
  (picture.element() as HTMLElement).focus();
  // From the cell in the middle: (2, 2), then one up.
  await userEvent.keyboard('{ArrowUp}{ArrowUp}{Enter}');
  expect(coverOf(fake)).toEqual({ shape: [4, 4], runs: [6, 1, 9] });
  await expect.element(panel.getByLabelText('Latency')).toHaveTextContent(/^scores after \d+ ms · map \d+ ms$/);
  await expect.element(panel.getByRole('img', { name: /^Difference: / })).toBeVisible();
  expect(await savedBy(panel.getByRole('button', { name: 'Save all three as PNG' }))).toMatchObject({
    // Three panes of 320 pixels and their margins, twice as sharp as the screen.
    width: 3 * 2 * 344,
    name: 'Grad-CAM_of_tank_at_conv2_before_after_m_a.png',
    text: expect.stringMatching(/model m\.keras · layer conv2 · .* · 6\.3 % covered with black/) as string
  });
  await userEvent.keyboard('{Control>}z{/Control}');
  expect(coverOf(fake)).toBeUndefined();
  await panel.getByRole('button', { name: 'Redo' }).click();
  expect(coverOf(fake)).toEqual({ shape: [4, 4], runs: [6, 1, 9] });
});

it('draws a lasso by keys: closed at its first corner, given up by Escape', async () => {
  const fake = await opened();
  await tool('Lasso').click();
  await expect.element(panel.getByText(/^Drag round a part/)).toBeVisible();
  (picture.element() as HTMLElement).focus();
  // From (row 2, column 2) to three corners, and back.
  await userEvent.keyboard('{ArrowUp}{Enter}{ArrowUp}{ArrowUp}{Enter}{ArrowLeft}{ArrowLeft}{Enter}');
  const experiment = experimentOf(fake.controller, null);
  expect(experiment.snapshot.history.past).toHaveLength(0);
  await expect.poll(() => experiment.snapshot.draft?.cover?.runs.length).toBeGreaterThan(3);
  await userEvent.keyboard('{Escape}');
  expect(coverOf(fake)).toBeUndefined();
  await userEvent.keyboard('{Enter}{ArrowDown}{ArrowDown}{Enter}{ArrowRight}{ArrowRight}{Enter}');
  await userEvent.keyboard('{ArrowUp}{ArrowUp}{ArrowLeft}{ArrowLeft}{Enter}');
  expect(experiment.snapshot.history.past).toHaveLength(1);
  // The triangle (0, 0), (2, 0), (2, 2), in rows and columns.
  expect(coverOf(fake)).toEqual({ shape: [4, 4], runs: [0, 1, 3, 2, 2, 3, 5] });
});

it('keeps an experiment under a name, shows it again, and takes it away', async () => {
  const fake = await opened();
  await panel.getByRole('button', { name: 'Invert' }).click();
  const keep = panel.getByRole('button', { name: 'Keep', exact: true });
  await expect.element(keep).toBeEnabled();
  await panel.getByRole('textbox', { name: 'Name' }).fill('everything');
  await userEvent.keyboard('{Enter}');
  const kept = panel.getByRole('table', { name: 'Kept experiments' });
  await expect.element(kept.getByRole('row', { name: /^everything/ })).toBeVisible();
  await panel.getByRole('button', { name: 'Clear' }).click();
  expect(coverOf(fake)).toBeUndefined();
  await kept.getByRole('button', { name: 'everything', exact: true }).click();
  expect(coverOf(fake)).toEqual({ shape: [4, 4], runs: [0, 16] });
  await kept.getByRole('button', { name: 'Remove everything' }).click();
  await expect.element(kept).not.toBeInTheDocument();
});

it('shows what was kept where the model is not here, and nothing that needs it', async () => {
  const fake = await opened();
  await panel.getByRole('button', { name: 'Invert' }).click();
  const keep = panel.getByRole('button', { name: 'Keep', exact: true });
  await expect.element(keep).toBeEnabled();
  await keep.click();
  // As the view closes the panel of a model that is not here.
  await page.getByRole('button', { name: 'Cover or change the picture' }).click();
  await expect.element(panel).not.toBeInTheDocument();
  renderInView(<KeptExperiments />, { session: fake.session, controller: fake.controller });
  const kept = page.getByRole('group', { name: 'Kept experiments' });
  await expect.element(kept.getByRole('row', { name: /^100\.0 % covered with black/ })).toBeVisible();
  expect(kept.getByRole('button').elements()).toHaveLength(0);
});

it('says why what is no picture cannot be covered', async () => {
  const fake = fakeModelView();
  fake.engine.run.mockImplementation(async params => resultOfVolume(params as never));
  renderInView(<ModelView shown={fake.view.shown} />, { session: fake.session, controller: fake.controller });
  await fake.controller.start();
  const button = page.getByRole('button', { name: 'Cover or change the picture' });
  await expect.element(button).toHaveAttribute('aria-disabled', 'true');
  await expect
    .element(button)
    .toHaveAccessibleDescription('Only a picture can be covered or changed: no volume, signal or vector.');
  (button.element() as HTMLElement).click();
  await expect.element(panel).not.toBeInTheDocument();
});
