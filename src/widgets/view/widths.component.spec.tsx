/** All widths that a cell or a pane can have: nothing lies outside, nothing is cut, nothing lies over something else. */
import { cdp, page } from '@vitest/browser/context';
import * as React from 'react';
import { afterAll, describe, expect, it } from 'vitest';
import type { RunParams } from '../../engine/protocol/protocol';
import type { ModelSummary } from '../../graph/layer-info';
import type { ModelPayload } from '../../mime/payload';
import type { ViewKeeper } from '../../session/kept/view-keeper';
import { ShownNow } from '../../session/view/shown-map';
import type { ViewStateJSON } from '../../state/view-state';
import { FAKE_MODEL, fakeModelView, FLATTENED_MODEL, PIXEL, resultOfVolume } from '../testing/fake-model';
import { renderInView } from '../testing/render';
import { HeatmapView } from './heatmap-view';
import { ModelView } from './model-view';

const LONG_LAYER = 'backbone/efficientnetv2_features/stage_5_block_12_project_convolution_bn_final';
const LONG_CLASS = 'great grey owl, great gray owl, Strix nebulosa, a bird of the northern hemisphere';
const LONG_MODEL = 'a_model_with_a_long_name_of_its_own_and_a_version_of_its_own_too_v12.keras';

const renamed: ModelSummary = {
  ...FAKE_MODEL,
  layers: FAKE_MODEL.layers.map(layer => (layer.id === 'conv2' ? { ...layer, id: LONG_LAYER } : layer)),
  defaultLayer: LONG_LAYER
};

interface Case {
  state?: ViewStateJSON;
  own?: Partial<ModelPayload>;
  model?: ModelSummary;
  keeper?: ViewKeeper;
  /** How the engine answers after the first time. */
  then?: 'never' | 'fails';
  isVolume?: boolean;
}

const long: Case = {
  own: {
    model: { path: LONG_MODEL, name: LONG_MODEL },
    labels: [LONG_CLASS, 'no tank', 'sky'],
    images: Array.from({ length: 12 }, (_, i) => ({
      name: `a-folder/of-pictures/with-a-long-name/photograph-${i}.png`,
      picture: PIXEL
    }))
  },
  model: renamed
};

const CASES: Record<string, Case> = {
  plain: {},
  'long names': long,
  'a head that reads positions': { model: FLATTENED_MODEL },
  'a channel enlarged': { ...long, state: { channel: 1 } },
  'units explained': { ...long, state: { target: { layer: LONG_LAYER, channel: 2 } } },
  'picture and map side by side': { state: { overlay: 'side-by-side' } },
  'a cell taken apart, a region and pins': {
    ...long,
    state: {
      probe: { x: 0.1, y: 0.1 },
      region: { kind: 'rectangle', x0: 0, y0: 0, x1: 0.6, y1: 0.6 },
      pinned: [0, 1, 2],
      order: 'weight'
    }
  },
  'a volume': { own: { images: [{ name: 'volume 1', picture: PIXEL, slices: 1 }] }, isVolume: true },
  'work under way': { ...long, then: 'never' },
  'a problem': { ...long, then: 'fails' },
  notices: {
    ...long,
    state: { layer: 'stage_5_block_12_project_convolution_bn_fina' },
    own: { ...long.own, images: [{ name: 'phone.jpg', picture: PIXEL, orientation: 6 }], labels: ['a', 'b'] },
    model: { ...renamed, undeclared: ['FixedDropout_with_a_long_name_of_its_own_and_a_number_17'] }
  },
  'a file that changed': {
    own: { model: { path: LONG_MODEL, name: LONG_MODEL, fingerprint: { size: 1, hash: 'f'.repeat(64) } } },
    keeper: { picture: { title: 'Grad-CAM of sky', png: PIXEL }, show: () => undefined } as unknown as ViewKeeper
  }
};

async function showModel({ state, own, model, keeper, then, isVolume }: Case): Promise<void> {
  const fake = fakeModelView(state, own, model);
  const { session, controller, view, engine } = fake;
  if (isVolume) {
    engine.run.mockImplementation(async (params: RunParams) => resultOfVolume(params));
  }
  renderInView(<ModelView shown={view.shown} />, { session, controller, keeper });
  await controller.start();
  await expect.element(page.getByRole('group', { name: /^GradLens/ }).first()).toBeVisible();
  if (then === 'never') {
    engine.run.mockImplementation(() => new Promise(() => undefined));
  } else if (then === 'fails') {
    engine.run.mockRejectedValue(new Error('the engine has no more memory and would like a smaller picture'));
  }
  if (then) {
    session.update({ method: 'layer-cam' });
    await expect.poll(() => controller.snapshot.problem ?? controller.snapshot.busy).not.toBeNull();
  }
}

async function showHeatmap(shape: [number, number, number]): Promise<void> {
  const data = new Float32Array(shape.reduce((a, b) => a * b)).map((_, i) => i);
  const payload = {
    version: 1 as const,
    kind: 'heatmap' as const,
    id: 'view',
    name: 'activations_of_the_second_to_last_convolution_of_the_network[0]',
    tensor: {
      dtype: 'float32' as const,
      shape,
      data: btoa(String.fromCharCode(...new Uint8Array(data.buffer)))
    }
  };
  renderInView(<HeatmapView payload={payload} shown={new ShownNow()} />, { state: undefined } as never);
}

/** Small steps where layouts change, and both sides of each change. */
const CHANGES = [300, 400, 478, 560, 848, 920, 1098, 1178, 1320];
const WIDTHS = [
  ...steps(280, 1340, 44),
  ...steps(1340, 2000, 110),
  2000,
  ...CHANGES.flatMap(width => [width, width + 1, width + 3, width + 5])
].sort((a, b) => a - b);

function steps(from: number, to: number, by: number): number[] {
  return Array.from({ length: Math.ceil((to - from) / by) }, (_, i) => from + i * by);
}

const frame = (): Promise<unknown> => new Promise(resolve => requestAnimationFrame(resolve));

/** What is wrong in a view as it is laid out now. */
function faults(view: Element): string[] {
  return [...outside(view), ...cut(view), ...cutChoices(view), ...covered(view), ...tall(view)];
}

const named = (element: Element): string =>
  `${element.tagName.toLowerCase()} “${(element.getAttribute('aria-label') || element.textContent || element.className).slice(0, 60)}”`;

const visible = (view: Element, selector: string): HTMLElement[] =>
  [...view.querySelectorAll<HTMLElement>(selector)].filter(
    element =>
      element.checkVisibility() &&
      element.closest('[aria-hidden="true"], .jp-GradLens-images, .jp-GradLens-mapsScroll > *') === null
  );

/** Controls and texts that reach over the edges of the view, or of a part of it that has a fixed size. */
function outside(view: Element): string[] {
  return visible(view, '*').flatMap(element => {
    const box = element.getBoundingClientRect();
    const around = [view, element.closest('.jp-GradLens-stage, header, fieldset, .jp-GradLens-caption')];
    return around.flatMap(outer => {
      const edge = outer === null || outer === element ? box : outer.getBoundingClientRect();
      const over = [edge.left - box.left, box.right - edge.right, edge.top - box.top, box.bottom - edge.bottom];
      return box.width > 0 && Math.max(...over) > 0.6
        ? [`${named(element)} lies outside ${outer?.className}: ${over.map(Math.round).join(', ')}`]
        : [];
    });
  });
}

/**
 * Texts that are cut. A name may lose its middle where `title` has all of it, as
 * long as both its ends can be seen; nothing else may lose anything.
 */
function cut(view: Element): string[] {
  return [...visible(view, '*'), ...view.querySelectorAll<HTMLElement>('.jp-GradLens-layerShown *')]
    .filter(element =>
      [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.textContent?.trim())
    )
    .flatMap(element => {
      const isCut = element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).overflowX !== 'visible';
      const shortened = element.closest<HTMLElement>('.jp-GradLens-name');
      if (element.getBoundingClientRect().width < 1) {
        return [`${named(element)} has no width`];
      }
      if (!isCut) {
        return [];
      }
      const isMiddle = shortened !== null && element !== shortened.lastElementChild && element.clientWidth > 20;
      return isMiddle && shortened.closest('[title], .jp-GradLens-layerField') ? [] : [`${named(element)} is cut`];
    });
}

/** Room that a drop-down's arrow takes, at least. */
const ARROW = 12;

/** What a closed drop-down shows has no scroll width: its word is measured beside it. */
function cutChoices(view: Element): string[] {
  return visible(view, 'select').flatMap(element => {
    const select = element as HTMLSelectElement;
    const { font, paddingLeft, paddingRight } = getComputedStyle(select);
    const pen = document.createElement('canvas').getContext('2d')!;
    pen.font = font;
    const word = select.selectedOptions[0]?.label ?? '';
    const room = select.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight) - ARROW;
    return pen.measureText(word).width > room ? [`${named(select)} cuts “${word}”`] : [];
  });
}

/** Captions over a map that take more lines than are kept for them: the map would move. */
function tall(view: Element): string[] {
  const captions = visible(view, '.jp-GradLens-caption.jp-mod-line');
  return captions.filter(({ offsetHeight }) => offsetHeight > 50).map(caption => `${named(caption)} has a third line`);
}

/** Controls that lie over each other. */
function covered(view: Element): string[] {
  const controls = visible(view, 'button, select, input, h2, h3, .jp-GradLens-facts, .jp-GradLens-backend').filter(
    element => element.closest('.jp-GradLens-busy') === null
  );
  return controls.flatMap((element, i) =>
    controls.slice(i + 1).flatMap(other => {
      const [a, b] = [element.getBoundingClientRect(), other.getBoundingClientRect()];
      const isOver =
        Math.min(a.right, b.right) - Math.max(a.left, b.left) > 0.6 &&
        Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 0.6;
      return isOver && !element.contains(other) ? [`${named(element)} lies over ${named(other)}`] : [];
    })
  );
}

/** Goes through the widths, and collects each fault with the widths at which it was met. */
async function sweep(): Promise<string[]> {
  const view = page.getByRole('group', { name: /^GradLens/ }).element();
  const cell = view.parentElement!;
  const found = new Map<string, number[]>();
  for (const width of WIDTHS) {
    cell.style.width = `${width}px`;
    // Grids lay themselves out anew when they have been seen to change.
    await frame();
    await frame();
    for (const fault of new Set(faults(view).map(text => text.replace(/: [-\d, ]+$/, '')))) {
      found.set(fault, [...(found.get(fault) ?? []), width]);
    }
  }
  return [...found].map(([fault, at]) => `${fault} at ${at[0]}…${at[at.length - 1]} px (${at.length})`);
}

it.each(Object.entries(CASES))('has all within and whole: %s', { timeout: 60_000 }, async (_, shown) => {
  await showModel(shown);
  expect(await sweep()).toEqual([]);
});

it.each([700, 850, 1000, 1178])('has captions in one line, and tools below them, at %i px', async width => {
  await showModel(long);
  const view = page.getByRole('group', { name: /^GradLens/ }).element();
  view.parentElement!.style.width = `${width}px`;
  await frame();
  const box = (selector: string): DOMRect => view.querySelector(selector)!.getBoundingClientRect();
  const middle = ({ top, bottom }: DOMRect): number => (top + bottom) / 2;
  const [caption, classes] = [box('.jp-mod-line h3'), box('.jp-GradLens-classes h3')];
  expect(Math.abs(middle(caption) - middle(classes))).toBeLessThan(0.6);
  expect(box('.jp-mod-line .jp-GradLens-tools').left).toBe(caption.left);
});

it('has its controls in one line as soon as the room kept for them is of one', async () => {
  await showModel(long);
  const view = page.getByRole('group', { name: /^GradLens/ }).element();
  const output = view.closest<HTMLElement>('.jp-GradLens-output') ?? view.parentElement!;
  const controls = view.querySelector<HTMLElement>('fieldset.jp-GradLens-toolbar')!;
  // Of JupyterLab at 1280 pixels beside its file browser: 865.
  for (const [width, lines] of [
    [1200, 1],
    [920, 1],
    [865, 1],
    [855, 1],
    [840, 2],
    [700, 2]
  ]) {
    output.style.width = `${width}px`;
    await frame();
    expect(controls.offsetHeight, `${width} px`).toBe(lines === 1 ? 36 : 64);
  }
});

describe('on a screen of two device pixels a pixel', () => {
  afterAll(() => setRatio(1));

  it.each(['a channel enlarged', 'a volume'])('%s', { timeout: 60_000 }, async name => {
    await setRatio(2);
    await showModel(CASES[name]);
    expect(await sweep()).toEqual([]);
  });
});

it.each([
  ['one plane', [1, 4, 4]],
  ['channels', [3, 4, 4]]
] as [string, [number, number, number]][])(
  'has a heatmap of %s within and whole',
  { timeout: 60_000 },
  async (_, shape) => {
    await showHeatmap(shape);
    await expect.element(page.getByRole('button', { name: 'Save' })).toBeVisible();
    expect(await sweep()).toEqual([]);
  }
);

async function setRatio(deviceScaleFactor: number): Promise<void> {
  const session = cdp() as unknown as { send(method: string, params: object): Promise<unknown> };
  await session.send('Emulation.setDeviceMetricsOverride', { width: 0, height: 0, deviceScaleFactor, mobile: false });
}
