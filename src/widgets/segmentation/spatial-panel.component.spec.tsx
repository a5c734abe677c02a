import { page, userEvent } from '@vitest/browser/context';
import * as React from 'react';
import { expect, it } from 'vitest';
import type { ClassScores } from '../../classes/classes';
import { spatialOutput } from '../../classes/spatial-output';
import type { Ending, RunResult } from '../../engine/protocol/protocol';
import type { Explained } from '../../session/model/explained';
import type { ViewSession } from '../../session/view/view-session';
import type { ViewStateJSON } from '../../state/view-state';
import { useViewProperty } from '../shared/view-context';
import { renderInView, sessionWith } from '../testing/render';
import { SpatialPanel } from './spatial-panel';

const NAMES = ['sky', 'tree', 'road'];

/** Four rows of six pixels: class 0 to the left, class 2 in the last two columns, class 1 nowhere. */
const SEGMENTS = Array.from({ length: 24 }, (_, cell) => (cell % 6 < 4 ? [0.7, 0.2, 0.1] : [0.1, 0.1, 0.8])).flat();
const scores: ClassScores = {
  kind: 'classes',
  classes: [0, 2, 1].map((index, i) => ({ index, label: NAMES[index], score: 0.5 - 0.1 * i })),
  areProbabilities: true,
  tied: 1,
  outputs: ['out'],
  output: 'out',
  mismatch: null
};

function resultOf(shape: number[], values: number[], ending: Ending): RunResult {
  return {
    outputs: { out: { shape: [1, ...shape], data: Float32Array.from(values) } },
    output: 'out',
    ending,
    outputField: null,
    inputSize: [8, 12],
    targets: [{ index: 0, score: 1 }]
  } as Partial<RunResult> as RunResult;
}

function Panel({ run }: { run: RunResult }): React.ReactElement {
  const asked = useViewProperty('outputAs');
  const target = useViewProperty('target');
  const output = spatialOutput(run, asked);
  const explained = { run, target, method: 'grad-cam' } as Explained;
  return output ? (
    <div style={{ width: 700 }}>
      <SpatialPanel
        output={output}
        scores={scores}
        name={index => NAMES[index] ?? `class ${index}`}
        explained={explained}
        picture={null}
        aspect={1.5}
        hasMap
      >
        <p>The channels</p>
      </SpatialPanel>
    </div>
  ) : (
    <p>no picture</p>
  );
}

function show(run: RunResult, state: ViewStateJSON = {}): ViewSession {
  const session = sessionWith(state);
  renderInView(<Panel run={run} />, { session });
  return session;
}

const softmax = (): RunResult => resultOf([4, 6, 3], SEGMENTS, 'softmax');
const pixels = page.getByRole('combobox', { name: 'Explain', exact: true });
const canvas = page.getByRole('img', { name: 'Segmentation over the image' });

it('lists the classes by their shares, and explains one where it is predicted', async () => {
  const session = show(softmax());
  await expect.element(page.getByRole('button', { name: '0 sky 66.7 %' })).toHaveAttribute('aria-pressed', 'true');
  await page.getByRole('button', { name: '2 road 33.3 %' }).click();
  expect(session.state.target).toEqual({ class: 2, pixels: 'predicted' });
  await expect.element(pixels).toHaveValue('predicted');
  await pixels.selectOptions('all');
  expect(session.state.target).toEqual({ class: 2, pixels: 'all' });
});

it('explains a class that is predicted nowhere everywhere', async () => {
  const session = show(softmax());
  await page.getByText('1 class is predicted nowhere').click();
  await page.getByRole('button', { name: '1 tree 0.0 %' }).click();
  expect(session.state.target).toEqual({ class: 1, pixels: 'all' });
});

it('reads out the class under the cursor, and paints by keyboard', async () => {
  const session = show(softmax(), { target: { class: 2, minus: 0, pixels: 'predicted' } });
  await pixels.selectOptions('mask');
  const size = page.getByRole('slider', { name: 'Size' });
  await size.fill('1');
  (canvas.element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowRight}');
  await expect
    .element(page.getByLabelText('Class under the cursor'))
    .toHaveTextContent('row 2, column 3 of 4×6 · 0 sky 0.7');
  await userEvent.keyboard('{Enter}');
  expect(session.state.target).toEqual({ class: 2, minus: 0, pixels: { shape: [4, 6], runs: [15, 1, 8] } });
  await userEvent.keyboard('{ArrowRight}{Enter}');
  expect(session.state.target).toMatchObject({ pixels: { runs: [15, 2, 7] } });
  await page.getByRole('button', { name: 'Eraser' }).click();
  (canvas.element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
  expect(session.state.target).toMatchObject({ pixels: { runs: [15, 1, 8] } });
});

it('explains the pixels that a rectangle touches', async () => {
  const session = show(softmax());
  await pixels.selectOptions('rectangle');
  (canvas.element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowRight}{Enter}{ArrowRight}{ArrowDown}{Enter}');
  // The corners by keyboard are loaded with the first.
  await expect.poll(() => session.state.target).toEqual({ class: 0, pixels: [2, 3, 4, 5] });
});

it('says what it takes the output for, and lets that be changed', async () => {
  const session = show(resultOf([4, 6, 3], SEGMENTS, 'none'), { target: { class: 1, pixels: 'all' } });
  const reading = page.getByRole('group', { name: 'What the output is' });
  await expect.element(reading).toHaveTextContent('assumed, as it ends with neither softmax nor sigmoid');
  await expect.element(page.getByText('The channels')).toBeVisible();
  await page.getByRole('combobox', { name: 'The output is' }).selectOptions('segmentation');
  expect(session.state).toMatchObject({ outputAs: 'segmentation', target: null });
  await expect.element(canvas).toBeVisible();
  await expect.element(reading).not.toHaveTextContent('assumed');
});

it('explains an anchor’s class at a cell of a grid', async () => {
  // Two anchors of a box, a confidence and three classes; cell 1 is confident of its second anchor, a road.
  const values = Array<number>(2 * 16).fill(0);
  values[16 + 12] = 3;
  values[16 + 15] = 2;
  const session = show(resultOf([1, 2, 16], values, 'none'), { outputAs: { anchors: 2, classes: 3 } });
  const cells = page.getByRole('img', { name: /^Cells over the image/ });
  await expect.element(cells).toBeVisible();
  (cells.element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowRight}');
  await expect
    .element(page.getByLabelText('Cell under the cursor'))
    .toHaveTextContent('row 0, column 1 of 1×2 · confidence 3 of anchor 1 · road');
  await userEvent.keyboard('{Enter}');
  expect(session.state.target).toEqual({ cell: [0, 1], channel: 15 });
  await expect.element(page.getByRole('button', { name: 'road 2' })).toHaveAttribute('aria-pressed', 'true');
  await page.getByRole('button', { name: 'confidence 3' }).click();
  expect(session.state.target).toEqual({ cell: [0, 1], channel: 12 });
  await page.getByRole('combobox', { name: 'Anchor' }).selectOptions('0');
  expect(session.state.target).toEqual({ cell: [0, 1], channel: 4 });
});

it('says so where a grid of such counts does not fit', async () => {
  show(resultOf([1, 2, 16], Array<number>(32).fill(0), 'none'), { outputAs: { anchors: 2, classes: 4 } });
  await expect
    .element(page.getByRole('status'))
    .toHaveTextContent('A grid of 2 anchors and 4 classes has 18 numbers a cell, and the output has 16');
});

it('draws 40 classes each its own way in the legend, and tells what a brush’s move costs', async () => {
  const [side, classes] = [256, 40];
  const values = Array.from({ length: side * side * classes }, (_, i) => {
    const cell = Math.floor(i / classes);
    return (Math.floor((cell % side) / 32) + 8 * Math.floor(cell / side / 52)) % classes === i % classes ? 1 : 0;
  });
  const session = show(resultOf([side, side, classes], values, 'softmax'), {
    target: { class: 0, pixels: 'predicted' }
  });
  await expect.element(canvas).toBeVisible();
  const swatches = [...document.querySelectorAll<HTMLElement>('.jp-GradLens-legend .jp-GradLens-swatch')];
  expect(swatches).toHaveLength(classes);
  expect(new Set(swatches.map(({ style }) => style.cssText)).size).toBe(classes);
  await pixels.selectOptions('mask');
  const box = canvas.element().getBoundingClientRect();
  const pointer = (type: string, x: number): PointerEvent =>
    new PointerEvent(type, {
      bubbles: true,
      pointerId: 1,
      button: 0,
      buttons: 1,
      isPrimary: true,
      clientX: box.left + x,
      clientY: box.top + 60
    });
  canvas.element().dispatchEvent(pointer('pointerdown', 20));
  /** The median time of a frame in which something is done first. */
  const frames = async (what: (x: number) => void): Promise<number> => {
    const costs: number[] = [];
    for (let x = 24; x < 200; x += 8) {
      performance.mark('frame');
      what(x);
      await new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve)));
      costs.push(performance.measure('frame', 'frame').duration);
    }
    return costs.sort((a, b) => a - b)[11];
  };
  const idle = await frames(() => undefined);
  const stroke = await frames(x => canvas.element().dispatchEvent(pointer('pointermove', x)));
  canvas.element().dispatchEvent(pointer('pointerup', 200));
  // A stroke was painted: else nothing was measured.
  await expect.poll(() => session.state.target).toMatchObject({ class: 0, pixels: { shape: [side, side] } });
  console.log(
    `A brush's move over 40 classes of 256 x 256: a frame takes ${stroke.toFixed(1)} ms, ${idle.toFixed(1)} ms without one`
  );
});
