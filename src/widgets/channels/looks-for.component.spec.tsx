import { Signal } from '@lumino/signaling';
import { page, userEvent } from '@vitest/browser/context';
import * as React from 'react';
import { expect, it, vi } from 'vitest';
import type { AscentFindings } from '../../engine/protocol/ascent';
import type { RunParams, RunResult } from '../../engine/protocol/protocol';
import { useModel } from '../shared/view-context';
import { FAKE_MODEL, fakeModelView, type FakeView } from '../testing/fake-model';
import { fakeServices, renderInView } from '../testing/render';
import { firstConvolution } from './first-convolution';
import { Kernels } from './kernels';
import { LooksFor } from './looks-for';

function Shown(): React.ReactElement | null {
  const { snapshot } = useModel();
  const { explained, model } = snapshot;
  const first = model && firstConvolution(model.layers, 'conv1');
  return (
    explained && (
      <div className="jp-GradLens-channels">
        <LooksFor explained={explained} model={model!} />
        {first && <Kernels layer={first} image={0} />}
      </div>
    )
  );
}

const MODEL = {
  ...FAKE_MODEL,
  layers: FAKE_MODEL.layers.map(layer => (layer.id === 'conv1' ? { ...layer, op: 'Conv2D' } : layer))
};

/** Pictures of 2 x 2: red, where the score is half way up. */
function found({ ascent, target }: RunParams, done: number): AscentFindings {
  const { seeds, steps } = ascent!;
  const data = Float32Array.from({ length: seeds.length * 12 }, (_, i) => (i % 3 === 0 ? 1 : -1));
  const scores = new Float64Array(seeds.length * (steps + 1)).fill(NaN);
  seeds.forEach((_, i) => {
    for (let step = 0; step < done || (done === steps && step === done); step++) {
      scores[i * (steps + 1) + step] = step / 2;
    }
  });
  return {
    asked: ascent!,
    done,
    pictures: { shape: [seeds.length, 2, 2, 3], data },
    range: { low: [-1, -1, -1], high: [1, 1, 1] },
    scores,
    given: 0.25,
    isBeforeActivation: typeof target === 'object' && target !== null && 'layer' in target
  };
}

/** Of kernel k the weight at row y, column x, channel c is k + 0.1 y + 0.01 x, negative in the last channel. */
const KERNELS = {
  shape: [2, 2, 3, 4],
  data: Float32Array.from({ length: 48 }, (_, i) => {
    const [k, c, x, y] = [i % 4, Math.floor(i / 4) % 3, Math.floor(i / 12) % 2, Math.floor(i / 24)];
    return (c === 2 ? -1 : 1) * (k + 0.1 * y + 0.01 * x);
  })
};

async function show(channel: number | null = 1, services = fakeServices()): Promise<FakeView & { finish: () => void }> {
  const fake = fakeModelView({ channel }, {}, MODEL);
  await fake.controller.start();
  const plain = fake.engine.run.getMockImplementation() as (params: RunParams) => Promise<RunResult>;
  let finish = (): void => undefined;
  fake.engine.run.mockImplementation(
    async (params: RunParams, options?: { onPartial?: (answer: RunResult) => void; signal?: AbortSignal }) => {
      const run = await plain(params);
      if (params.kernels) {
        return { ...run, kernels: KERNELS };
      }
      if (!params.ascent) {
        return run;
      }
      options?.onPartial?.({ ...run, ascent: found(params, 3) });
      await new Promise<void>((resolve, reject) => {
        finish = resolve;
        options?.signal?.addEventListener('abort', () => reject(new DOMException('', 'AbortError')));
      });
      return { ...run, ascent: found(params, params.ascent.steps) };
    }
  );
  renderInView(<Shown />, { session: fake.session, controller: fake.controller, services });
  await expect.element(page.getByRole('region', { name: 'What it looks for' })).toBeVisible();
  return { ...fake, finish: () => finish() };
}

const part = page.getByRole('region', { name: 'What it looks for' });
const patterns = part.getByRole('group', { name: /^Patterns that make/ });

it('grows pictures of a channel from several seeds, and shows them on the way', async () => {
  const { runs, finish } = await show();
  await part.getByText('Settings', { exact: true }).click();
  await part.getByRole('spinbutton', { name: 'Pictures' }).fill('2');
  await part.getByRole('spinbutton', { name: 'First seed' }).fill('7');
  await part.getByRole('spinbutton', { name: 'Steps', exact: true }).fill('10');
  await part.getByRole('button', { name: 'What channel 1 looks for' }).click();
  await expect.element(part.getByText('3 of 10 steps.')).toBeVisible();
  await expect.element(patterns.getByRole('img', { name: 'Pattern for channel 1 of conv2, seed 8' })).toBeVisible();
  expect(runs.at(-1)).toMatchObject({
    target: { layer: 'conv2', channel: 1 },
    score: 'logit',
    ascent: { seeds: [7, 8], steps: 10, jitter: 4 }
  });
  finish();
  await expect
    .element(
      part.getByText(
        'The numbers are the mean of channel 1 of conv2 before its activation, at the start and now. On the picture of this view it is 0.25.'
      )
    )
    .toBeVisible();
  await expect.element(patterns.getByText('0 → 5').first()).toBeVisible();
  await expect
    .element(part.getByText(/^To repeat: channel 1 of conv2 of .*; seeds 7, 8, 10 steps of 0\.03, jitter 4/))
    .toBeVisible();
  const canvas = patterns.getByRole('img').first().element() as HTMLCanvasElement;
  expect([...canvas.getContext('2d')!.getImageData(1, 1, 1, 1).data]).toEqual([255, 0, 0, 255]);
});

it('asks for the class explained, keeps what has grown when cancelled, and says so', async () => {
  const { runs } = await show(null);
  await expect.element(part.getByRole('button', { name: 'What a channel looks for' })).toBeDisabled();
  await part.getByRole('button', { name: /^What raises “.*”$/ }).click();
  await expect.element(patterns.getByRole('img').first()).toBeVisible();
  await part.getByRole('button', { name: 'Cancel' }).click();
  await expect.element(part.getByText('Stopped after 3 of 128 steps.')).toBeVisible();
  expect(runs.at(-1)).toMatchObject({ target: 0 });
  expect(patterns.getByRole('img').elements()).toHaveLength(4);
});

it('says in one sentence why nothing grows', async () => {
  const { engine } = await show();
  engine.run.mockRejectedValue(new Error('no picture here'));
  await part.getByRole('button', { name: 'What channel 1 looks for' }).click();
  await expect.element(part.getByText(/no picture here/)).toBeVisible();
});

it('shows the kernels of the first convolution, reads them by keyboard and by pointer, and shows their channels', async () => {
  const { session } = await show(0);
  const kernels = page.getByRole('region', { name: 'Kernels' });
  await kernels.getByRole('button', { name: 'Show the kernels' }).click();
  const tiles = kernels.getByRole('img', { name: '4 kernels of conv1' });
  await expect.element(tiles).toBeVisible();
  const weight = kernels.getByRole('status', { name: 'Weight under the cursor' });
  await expect.element(weight).toHaveTextContent(/^Point at a kernel/);
  (tiles.element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowRight}{ArrowRight}{ArrowRight}{ArrowDown}');
  await expect.element(weight).toHaveTextContent('kernel 1, row 1, column 0: 1.1, 1.1, -1.1');
  await userEvent.keyboard('{ArrowDown}');
  await expect.element(weight).toHaveTextContent('kernel 1, row 1, column 0');
  await userEvent.keyboard('{Enter}');
  expect(session.state.channel).toBe(1);
  await expect.element(kernels.getByText(/^Gray is 0; full colour is 3\.11/)).toBeVisible();
  const box = (tiles.element() as HTMLElement).getBoundingClientRect();
  await tiles.click({ position: { x: box.width - 3, y: 3 } });
  await expect.element(weight).toHaveTextContent('kernel 3, row 0, column 1: 3.01, 3.01, -3.01');
  await vi.waitFor(() => expect(session.state.channel).toBe(3));
  await kernels.getByRole('combobox', { name: 'Input channel' }).selectOptions('2');
  await expect.element(kernels.getByText(/^Red is above 0, blue below/)).toBeVisible();
  const canvas = tiles.element() as HTMLCanvasElement;
  const [red, , blue] = canvas.getContext('2d')!.getImageData(canvas.width - 10, 10, 1, 1).data;
  expect(blue).toBeGreaterThan(red);
});

it('frames the kernel shown in the colour of the theme, once it changes', async () => {
  const themeChanged = new Signal<unknown, unknown>({});
  await show(1, fakeServices({ themeChanged }));
  const kernels = page.getByRole('region', { name: 'Kernels' });
  await kernels.getByRole('button', { name: 'Show the kernels' }).click();
  const tiles = kernels.getByRole('img', { name: '4 kernels of conv1' });
  await expect.element(tiles).toBeVisible();
  const canvas = tiles.element() as HTMLCanvasElement;
  const isGreenThere = (): boolean => {
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    return data.some((red, i) => i % 4 === 0 && red === 0 && data[i + 1] === 128 && data[i + 2] === 0);
  };
  expect(isGreenThere()).toBe(false);
  canvas.style.color = 'rgb(0, 128, 0)';
  themeChanged.emit(null);
  await expect.poll(isGreenThere).toBe(true);
});
