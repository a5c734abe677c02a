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

/** What stands beside the name at most: each a button that the view may have. */
const CHIPS = ['Reset convention', 'Linked: 1'];

const whole = {
  ...FAKE_MODEL,
  layers: Array.from({ length: 177 }, () => FAKE_MODEL.layers[0]),
  parameters: 25_636_712,
  inputs: [{ name: 'image', shape: [null, 224, 224, 3] }]
};
const computed = {
  fed: { image: [-123.68, 151.06] },
  backend: 'webgl',
  timings: { upload: 0, forward: 900, backward: 900, explain: 10 }
} as unknown as RunResult;

it('leaves the name its room at every width, whatever stands beside it', async () => {
  render(
    <Header title="shoes_and_bags_2024_final.keras" model={whole} run={computed} input={undefined} isStored={false}>
      {CHIPS.map(label => (
        <button key={label} type="button" className="jp-GradLens-button">
          {label}
        </button>
      ))}
    </Header>
  );
  const heading = page.getByRole('heading', { name: 'shoes_and_bags_2024_final.keras' });
  await expect.element(heading).toBeVisible();
  const view = heading.element().closest<HTMLElement>('.jp-GradLens-view')!;
  const header = view.querySelector('header')!;
  const name = heading.element().querySelector('.jp-GradLens-name')!;
  for (let width = 280; width <= 2000; width += 20) {
    view.style.width = `${width}px`;
    const { clientWidth, scrollWidth } = name.firstElementChild!;
    // Whole from the width of half a screen on; enough to tell it by below.
    expect(clientWidth >= scrollWidth || (width < 680 && clientWidth > 60), `${width} px`).toBe(true);
    expect(header.scrollWidth, `${width} px`).toBeLessThanOrEqual(header.clientWidth);
    // One line or two, as the page has kept room for.
    if (width >= 560) {
      expect(header.offsetHeight, `${width} px`).toBeLessThanOrEqual(60);
    }
  }
});
