import { page, userEvent } from '@vitest/browser/context';
import * as React from 'react';
import { expect, it, vi } from 'vitest';
import { isByHand } from '../../engine/protocol/errors';
import type { RunParams, RunResult } from '../../engine/protocol/protocol';
import type { TrustFindings } from '../../engine/protocol/trust';
import type { Curves } from '../../explain/trust/curves';
import type { ModelPayload } from '../../mime/payload';
import { useModel } from '../shared/view-context';
import { fakeModelView, type FakeView } from '../testing/fake-model';
import { renderInView } from '../testing/render';
import { TrustSection } from './trust-section';

const curves = (deletion: number[], insertion: number[]): Curves => {
  const area = (scores: number[]): number => (scores[0] + scores[2]) / 4 + scores[1] / 2;
  return {
    fractions: [0, 0.5, 1],
    deletion: { scores: deletion, area: area(deletion) },
    insertion: { scores: insertion, area: area(insertion) }
  };
};
const GOOD: TrustFindings = {
  kind: 'curves',
  convention: 'rise',
  map: curves([0.9, 0.1, 0], [0, 0.8, 0.9]),
  shuffled: [curves([0.9, 0.5, 0], [0, 0.4, 0.9])]
};
const ADVICE: TrustFindings = {
  kind: 'advice',
  convention: 'rise',
  ranked: [
    { layer: 'conv1', method: 'hires-cam', deletion: 0.1, insertion: 0.8 },
    { layer: null, method: 'saliency', deletion: 0.2, insertion: 0.7 }
  ]
};

function Shown(): React.ReactElement | null {
  const { snapshot } = useModel();
  return snapshot.explained && snapshot.model ? (
    <TrustSection explained={snapshot.explained} model={snapshot.model} />
  ) : null;
}

/** A view whose engine answers checks by `answer`. */
async function show(
  answer: (params: RunParams, run: RunResult) => Promise<RunResult>,
  own: Partial<ModelPayload> = {}
): Promise<FakeView> {
  const fake = fakeModelView({}, own);
  await fake.controller.start();
  const plain = fake.engine.run.getMockImplementation() as (params: RunParams, options?: unknown) => Promise<RunResult>;
  fake.engine.run.mockImplementation(async (params: RunParams) => {
    const run = await plain(params);
    return params.trust ? answer(params, run) : run;
  });
  renderInView(<Shown />, { session: fake.session, controller: fake.controller });
  await page.getByText('Is this map to be trusted?').click();
  return fake;
}

const check = (name: string) => page.getByRole('button', { name: `Check: ${name}` });

it('checks the map shown, and says what was found in words, curves and numbers', async () => {
  const { runs } = await show(async (_, run) => ({ ...run, trust: GOOD }));
  await check('Deletion and insertion').click();
  await expect.element(page.getByText(/^Good: the score falls sooner/)).toBeVisible();
  await expect
    .element(page.getByRole('img', { name: 'Deletion: the score from 0.900 to 0.000, area 0.275' }))
    .toBeVisible();
  // Round numbers, not those that the curve happens to reach.
  const axis = page.getByRole('img', { name: /^Deletion: the score/ }).element();
  expect([...axis.querySelectorAll('text')].map(text => text.textContent)).toEqual(
    expect.arrayContaining(['0', '0.4', '1'])
  );
  await page.getByText('Values').click();
  await expect.element(page.getByRole('row', { name: '50.0 % 0.100 0.500 0.800 0.400' })).toBeVisible();
  expect(runs.at(-1)).toMatchObject({
    maps: ['conv2'],
    method: 'grad-cam',
    trust: { kind: 'curves', convention: 'rise' }
  });
});

it.each([
  [0.3, 0.1, 'Good: the score falls more without the pixels that the map marks most'],
  [0.1, 0.1, 'Doubtful: the score falls more without'],
  [0, 0.1, 'Bad: without the pixels that the map marks most']
])('says what ROAD tells, of %s beside %s', async (combined, chance, said) => {
  const most = [0.9, 0.2, 0.1];
  const least = [0.9, 0.8, 0.7];
  const trust: TrustFindings = {
    kind: 'road',
    fractions: [0.1, 0.5, 0.9],
    map: { most, least, combined },
    shuffled: [{ most: [0.9, 0.5, 0.3], least, combined: chance }]
  };
  const { runs } = await show(async (_, run) => ({ ...run, trust }));
  await check('Remove and debias (ROAD)').click();
  await expect.element(page.getByText(said)).toBeVisible();
  expect(runs.at(-1)?.trust).toEqual({ kind: 'road' });
  await page.getByText('Values', { exact: true }).click();
  await expect.element(page.getByRole('row', { name: '50.0 % 0.200 0.800 0.500' })).toBeVisible();
});

it('goes by the library that is chosen, by keyboard', async () => {
  const { runs } = await show(async (_, run) => ({ ...run, trust: GOOD }));
  await page.getByRole('combobox', { name: 'Curves as in' }).selectOptions('xplique');
  (check('Deletion and insertion').element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByText(/^Good: /)).toBeVisible();
  expect(runs.at(-1)?.trust).toEqual({ kind: 'curves', convention: 'xplique' });
});

it('shows the layer and method that it advises', async () => {
  const { session, runs } = await show(async (_, run) => ({ ...run, trust: ADVICE }));
  await check('Which layer and method?').click();
  await expect.element(page.getByText(/^On this picture HiResCAM at conv1 does best/)).toBeVisible();
  expect(runs.at(-1)?.trust).toMatchObject({
    layers: expect.arrayContaining(['conv2']),
    methods: ['grad-cam', 'hires-cam', 'layer-cam', 'saliency']
  });
  await page.getByRole('button', { name: 'Show HiResCAM at conv1' }).click();
  expect(session.state).toMatchObject({ layer: 'conv1', method: 'hires-cam' });
});

it('can be cancelled, and ends when the view asks for something else', async () => {
  const signals: AbortSignal[] = [];
  const { engine, session } = await show(async (_, run) => run);
  const quick = engine.run.getMockImplementation() as (params: RunParams, options?: unknown) => Promise<RunResult>;
  engine.run.mockImplementation(async (params: RunParams, options?: { signal?: AbortSignal }) => {
    if (!params.trust) {
      return quick(params);
    }
    signals.push(options?.signal as AbortSignal);
    return new Promise<RunResult>(() => undefined);
  });
  await check('Agreement of methods').click();
  await expect.element(page.getByRole('progressbar')).toBeVisible();
  await expect.element(check('Deletion and insertion')).toBeDisabled();
  await page.getByRole('button', { name: 'Cancel' }).click();
  // By hand: a worker that does not stop soon is then ended.
  expect(isByHand(signals[0].reason)).toBe(true);
  await expect.element(check('Deletion and insertion')).toBeEnabled();

  await check('Agreement of methods').click();
  await vi.waitFor(() => expect(signals).toHaveLength(2));
  session.update({ layer: 'conv1' });
  await vi.waitFor(() => expect(signals[1].aborted).toBe(true));
  expect(isByHand(signals[1].reason)).toBe(false);
});

it.each([
  // Of the cells 4, 3, 2, 1, laid on 4 x 4 pixels, 5.75 of 10 lie on the left.
  [[0, 1, 1], 'Good: the map’s highest pixel lies in the mask, which holds 57.5 % of what is positive in 50.0 %'],
  [[1, 1], 'Bad: the map’s highest pixel lies beside the mask, which holds only 42.5 % of what is positive in 50.0 %']
] as const)('plays the pointing game in the mask that the cell gave, %s', async (runs, said) => {
  await show(async (_, run) => run, { mask: { shape: [1, 2], runs: [...runs] } });
  const game = page.getByRole('region', { name: 'Pointing game' });
  await expect.element(game.getByText(said)).toBeVisible();
  await expect.element(game.getByRole('button', { name: 'Open a mask…' })).toBeVisible();
});

it('says in one sentence why a check failed', async () => {
  await show(async () => Promise.reject(new Error('out of memory')));
  await check('Random weights, from the output down').click();
  await expect.element(page.getByRole('alert')).toHaveTextContent('out of memory');
});
