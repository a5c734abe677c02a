import { page } from '@vitest/browser/context';
import * as React from 'react';
import { expect, it } from 'vitest';
import type { RunResult } from '../../engine/protocol/protocol';
import type { ModelSummary } from '../../graph/layer-info';
import { FAKE_MODEL } from '../testing/fake-model';
import { render } from '../testing/render';
import { Header } from './header';

const model: ModelSummary = {
  ...FAKE_MODEL,
  inputs: [
    { name: 'left', shape: [null, 32, 32, 3] },
    { name: 'right', shape: [null, 48, 48, 1] },
    { name: 'meta', shape: [null, 5] }
  ]
};
const run = { fed: { left: [0, 1], right: [-1, 1], meta: [2, 3] } } as unknown as RunResult;

it.each([
  ['right', 'input right 48×48×1 · fed -1 … 1 · beside left 32×32×3, meta 5'],
  ['left', 'input left 32×32×3 · fed 0 … 1 · beside right 48×48×1, meta 5'],
  [undefined, 'input left 32×32×3 · fed 0 … 1 · beside right 48×48×1, meta 5']
])('tells shape and range of the input shown (%s), and the shapes of the others', async (input, facts) => {
  render(<Header title="m.keras" model={model} run={run} input={input} isStored />);
  await expect.element(page.getByText(facts)).toBeVisible();
});
