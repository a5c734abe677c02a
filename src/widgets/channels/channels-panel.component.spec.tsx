import { page, userEvent } from '@vitest/browser/context';
import * as React from 'react';
import { expect, it, vi } from 'vitest';
import type { HealthFindings } from '../../engine/protocol/health';
import type { RunParams, RunResult } from '../../engine/protocol/protocol';
import type { ChannelKind, LayerHealth } from '../../explain/channels/health';
import { WHOLE } from '../../state/places';
import type { ViewStateJSON } from '../../state/view-state';
import { FeatureGrid } from '../grid/feature-grid';
import { useExamine } from '../grid/use-examine';
import { useModel } from '../shared/view-context';
import { fakeModelView, type FakeView } from '../testing/fake-model';
import { renderInView } from '../testing/render';
import { ChannelsPanel } from './channels-panel';

function Shown(): React.ReactElement | null {
  const { snapshot } = useModel();
  const examine = useExamine();
  const { explained, model } = snapshot;
  if (!explained || !model) {
    return null;
  }
  return (
    <>
      <FeatureGrid
        planes={explained.run.planes[explained.layer]}
        layer={explained.layer}
        region={WHOLE}
        aspect={1}
        examine={examine}
      />
      {examine.isOpen && (
        <ChannelsPanel examine={examine} model={model} explained={explained} picture={null} aspect={1} region={WHOLE} />
      )}
    </>
  );
}

/** A view whose engine takes a tenth from the first class for each channel that is off, and channel 1 for the one that counts. */
async function show(view: ViewStateJSON = {}): Promise<FakeView> {
  const fake = fakeModelView(view);
  await fake.controller.start();
  const plain = fake.engine.run.getMockImplementation() as (params: RunParams, options?: unknown) => Promise<RunResult>;
  fake.engine.run.mockImplementation(async (params: RunParams) => {
    const run = await plain(params);
    const count = (params.off ?? []).reduce((sum, { channels }) => sum + channels.length, 0);
    const outputs = { head: { shape: [1, 3], data: Float32Array.of(0.7 - count / 10, 0.2, 0.1) } };
    const ranking = params.ranking && { ...params.ranking, score: 2, scores: Float64Array.of(2, 0.5, 2.25) };
    return { ...run, outputs, ...(ranking ? { ranking } : {}) };
  });
  renderInView(<Shown />, { session: fake.session, controller: fake.controller });
  if (!view.channelsOff) {
    await page.getByRole('button', { name: 'Examine channels' }).click();
  }
  await expect.element(page.getByRole('group', { name: 'Channels', exact: true })).toBeVisible();
  return fake;
}

const panel = page.getByRole('group', { name: 'Channels', exact: true });
const tiles = page.getByRole('img', { name: '3 feature maps of conv2', exact: true });
const chip = (channel: number) => panel.getByRole('button', { name: `Switch channel ${channel} of conv2 on again` });

it('switches channels off and on by keyboard, and shows the scores before and after', async () => {
  const { runs, session } = await show();
  (tiles.element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowRight}o');
  await expect.element(chip(0)).toBeVisible();
  await expect.element(panel.getByRole('row', { name: /0\.7000 0\.6000 −0\.1000/ })).toBeVisible();
  (tiles.element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowRight}o');
  await expect.element(panel.getByRole('row', { name: /0\.7000 0\.5000 −0\.2000/ })).toBeVisible();
  await vi.waitFor(() =>
    expect(runs.at(-1)).toMatchObject({
      off: [{ layer: 'conv2', channels: [0, 1], by: 'zero' }],
      maps: ['conv2'],
      planes: ['conv2']
    })
  );
  await panel.getByRole('combobox', { name: 'A channel that is off is' }).selectOptions('mean');
  await vi.waitFor(() => expect(runs.at(-1)?.off).toEqual([{ layer: 'conv2', channels: [0, 1], by: 'mean' }]));
  await chip(0).click();
  await expect.element(chip(0)).not.toBeInTheDocument();
  await vi.waitFor(() => expect(runs.at(-1)?.off).toEqual([{ layer: 'conv2', channels: [1], by: 'mean' }]));
  await panel.getByRole('button', { name: 'All on again' }).click();
  await expect.element(panel.getByText(/^Choose a channel among the feature maps/)).toBeVisible();
  expect(session.state.channel).toBe(1);
});

it('keeps the channels that are off in the state of the view, and follows it', async () => {
  const { session, runs } = await show();
  (tiles.element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowRight}o');
  await expect.element(chip(0)).toBeVisible();
  expect(session.keptJSON()).toMatchObject({ channelsOff: { conv2: [0] } });
  session.restore({ channelsOff: { conv2: [2], conv1: [1, 0] }, offBy: 'mean' });
  await expect.element(chip(2)).toBeVisible();
  await expect.element(panel.getByText('Off, set to their mean:')).toBeVisible();
  await vi.waitFor(() =>
    expect(runs.at(-1)?.off).toEqual([
      { layer: 'conv1', channels: [0, 1], by: 'mean' },
      { layer: 'conv2', channels: [2], by: 'mean' }
    ])
  );
  await panel.getByRole('button', { name: 'Switch channel 0 of conv1 on again' }).click();
  expect(session.state.channelsOff).toEqual({ conv2: [2], conv1: [1] });
  await panel.getByRole('button', { name: 'All on again' }).click();
  expect(session.state.channelsOff).toEqual({});
});

it('begins with the channels that the notebook has off', async () => {
  const { session } = await show({ channelsOff: { conv2: [1] } });
  await expect.element(chip(1)).toBeVisible();
  await expect.element(panel.getByRole('row', { name: /0\.7000 0\.6000 −0\.1000/ })).toBeVisible();
  expect(session.isByHand('channelsOff')).toBe(false);
});

it('copies a cell of Keras', async () => {
  await show({ channelsOff: { conv2: [1] } });
  const copied: string[] = [];
  const onCopy = (event: ClipboardEvent): void => void copied.push(event.clipboardData?.getData('text/plain') ?? '');
  document.addEventListener('copy', onCopy);
  await panel.getByRole('button', { name: 'Copy as Python' }).click();
  await vi.waitFor(() => expect(copied).toHaveLength(1));
  document.removeEventListener('copy', onCopy);
  expect(copied[0]).toContain('switch_off(model.get_layer("conv2"), [1])');
});

it('ranks channels by effect, and shows the one that is clicked', async () => {
  const { runs, session } = await show();
  await panel.getByRole('button', { name: 'Rank channels by effect' }).click();
  await expect
    .element(
      panel.getByText('The score of 2 falls most without channel 1: to 0.5. 1 of 3 channels move it by less than 1 %.')
    )
    .toBeVisible();
  expect(runs.at(-1)?.ranking).toEqual({ layer: 'conv2', by: 'zero' });
  const rows = panel.getByRole('region', { name: 'Channels by effect' }).getByRole('row');
  await vi.waitFor(() =>
    expect(rows.elements().map(row => row.textContent)).toEqual([
      'Channel offScore (logit)Change',
      '10.500−1.500',
      '02.000+0.000',
      '22.250+0.250'
    ])
  );
  await panel.getByRole('button', { name: 'Show channel 1' }).click();
  expect(session.state.channel).toBe(1);
});

const health = (kinds: ChannelKind[], more: Partial<LayerHealth> = {}): LayerHealth => ({
  channels: kinds.length,
  positions: 100,
  ends: { rectifies: true, low: null, high: null },
  kinds,
  twins: [],
  atEnds: null,
  isCompared: true,
  ...more
});

it('draws the health of all layers, says what it means, and shows the layer that is chosen', async () => {
  const { engine, session } = await show();
  const found: HealthFindings = {
    images: 1,
    layers: [
      { layer: 'conv1', health: health(['live', 'dead', 'dead']) },
      {
        layer: 'conv2',
        health: health(['live', 'duplicate', 'live'], { twins: [{ channel: 1, like: 0, correlation: 0.9987 }] })
      }
    ],
    problems: []
  };
  const asked = vi.fn(async () => found);
  Object.assign(engine, { health: asked });
  await panel.getByRole('button', { name: /^Check over/ }).click();
  await expect
    .element(
      panel.getByText(
        'Of 6 channels in 2 layers, over all images (1): 2 dead, 0 constant, 0 saturated, 1 near-duplicates.'
      )
    )
    .toBeVisible();
  expect(asked).toHaveBeenCalledWith(expect.objectContaining({ layers: ['conv1', 'conv2'] }), expect.anything());
  // The worst comes first.
  await expect.element(panel.getByText(/^2 of 3 channels of conv1 are dead: 0 everywhere/)).toBeVisible();
  await expect.element(panel.getByText(/there are few images \(1\)/)).toBeVisible();
  await panel.getByRole('button', { name: 'conv2: of 3 channels 1 near-duplicate' }).click();
  await expect.element(panel.getByText(/correlate to 0\.99 or more/)).toBeVisible();
  await vi.waitFor(() => expect(session.state.layer).toBe('conv2'));
  await panel.getByRole('region', { name: 'Health of conv2' }).getByRole('button', { name: 'Show channel 1' }).click();
  expect(session.state.channel).toBe(1);
  (panel.getByRole('button', { name: /^conv2: of 3/ }).element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowLeft}');
  await vi.waitFor(() => expect(session.state.layer).toBe('conv1'));
  await panel.getByText('Values', { exact: true }).click();
  await expect.element(panel.getByRole('row', { name: 'conv1 3 66.7 % – – – 33.3 % –' })).toBeVisible();
});

it('forgets the health of pictures that were fed otherwise', async () => {
  const { controller, engine } = await show();
  const found: HealthFindings = { images: 1, layers: [{ layer: 'conv1', health: health(['dead']) }], problems: [] };
  Object.assign(engine, { health: async () => found });
  const check = panel.getByRole('button', { name: /^Check over/ });
  const said = panel.getByText(/^Of 1 channels in 1 layers/);
  await check.click();
  await expect.element(said).toBeVisible();
  await controller.revise({ preprocess: 'tf' });
  await expect.element(said).not.toBeInTheDocument();
  await check.click();
  await expect.element(said).toBeVisible();
  await controller.revise({ interpolation: 'nearest' });
  await expect.element(said).not.toBeInTheDocument();
});

it('says in one sentence why channels cannot be switched off', async () => {
  const { engine } = await show();
  engine.run.mockRejectedValue(new Error('no channels here'));
  (tiles.element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowRight}o');
  await expect.element(panel.getByText(/no channels here/)).toBeVisible();
});
