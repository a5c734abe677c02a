import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openViewer, type ViewerPage } from '../../../headless/viewer-page.mjs';
import type { Cursor, Viewport } from '../../state/view-state';
import { imageAt, type Pane } from '../layout/viewport';

declare const viewer: typeof import('./index') & typeof import('../layout/viewport');

interface Log {
  viewport: Viewport;
  cursor: Cursor | null;
  tile: number | null;
  clicks: number[];
  hints: number;
  box: { x: number; y: number; width: number; height: number } | null;
  changes: number;
  isDragging: boolean;
  scrolled: number;
}

interface PageState {
  log: Omit<Log, 'isDragging' | 'scrolled'>;
  element: HTMLElement;
  detach: () => void;
}

declare const state: PageState;

// Two square tiles of 200 px with a gap of 20 px, at (100, 50) of a page that scrolls.
const PANE: Pane = { width: 200, height: 200, aspect: 1 };
const LEFT = 100;
const TOP = 50;

let browser: ViewerPage;

beforeAll(async () => {
  browser = await openViewer(['gestures/index', 'layout/viewport']);
}, 60000);

afterAll(() => browser.close());

beforeEach(async () => {
  await browser.page.mouse.move(2, 2);
  await browser.page.evaluate(() => {
    document.body.innerHTML =
      '<button id="other">other</button>' +
      '<div id="view" tabindex="0" style="position: absolute; left: 100px; top: 50px; width: 420px; height: 200px"></div>' +
      '<div style="height: 5000px"></div>';
    scrollTo(0, 0);
    const element = document.getElementById('view')!;
    const log = {
      viewport: { x: 0.5, y: 0.5, zoom: 1 },
      cursor: null as Cursor | null,
      tile: null as number | null,
      clicks: [] as number[],
      hints: 0,
      changes: 0,
      box: null as Log['box']
    };
    const pane = { width: 200, height: 200, aspect: 1 };
    const target: import('./target').GestureTarget = {
      locate: (clientX, clientY) => {
        const bounds = element.getBoundingClientRect();
        const x = clientX - bounds.left;
        const y = clientY - bounds.top;
        const tile = x < 210 ? 0 : 1;
        const inTile = x - tile * 220;
        return inTile < 0 || inTile >= 200 ? null : { tile, pane, x: inTile, y, viewport: log.viewport, maxZoom: 64 };
      },
      keyPane: () => ({ tile: 0, pane, x: 100, y: 100, viewport: log.viewport, maxZoom: 64 }),
      viewportChanged: viewport => {
        log.viewport = viewport;
        log.changes++;
      },
      cursorMoved: (cursor, tile) => {
        log.cursor = cursor;
        log.tile = tile;
      },
      tileClicked: tile => log.clicks.push(tile),
      boxDrawn: box => {
        log.box = box;
      },
      zoomHinted: () => log.hints++
    };
    Object.assign(globalThis, { state: { log, element, detach: viewer.attachGestures(element, target) } });
  });
});

/** Reads the recorded events, after the frame in which the browser handles scrolling. */
function read(): Promise<Log> {
  return browser.page.evaluate(
    () =>
      new Promise<Log>(resolve =>
        requestAnimationFrame(() =>
          requestAnimationFrame(() =>
            resolve({
              ...state.log,
              isDragging: state.element.classList.contains('jp-mod-dragging'),
              scrolled: document.documentElement.scrollTop
            })
          )
        )
      )
  );
}

function setViewport(viewport: Viewport): Promise<void> {
  return browser.page.evaluate(given => {
    state.log.viewport = given;
  }, viewport);
}

/** A wheel event, and whether the page was left to scroll by it. */
function wheel(
  init: Pick<WheelEventInit, 'clientX' | 'clientY' | 'deltaY' | 'deltaMode' | 'ctrlKey' | 'metaKey'>
): Promise<boolean> {
  return browser.page.evaluate(
    given => state.element.dispatchEvent(new WheelEvent('wheel', { ...given, bubbles: true, cancelable: true })),
    init
  );
}

describe('wheel', () => {
  test('scrolls the page and hints how to zoom', async () => {
    await browser.page.mouse.move(LEFT + 50, TOP + 50);
    await browser.page.mouse.wheel(0, 100);
    await browser.page.waitForFunction(() => document.documentElement.scrollTop > 0);
    expect(await read()).toMatchObject({ hints: 1, changes: 0 });
  });

  test('zooms at the pointer with Ctrl or Cmd, in either tile', async () => {
    for (const key of ['ctrlKey', 'metaKey']) {
      await setViewport({ x: 0.5, y: 0.5, zoom: 1 });
      expect(await wheel({ clientX: LEFT + 220 + 150, clientY: TOP + 40, deltaY: -380, [key]: true })).toBe(false);
      const { viewport, hints } = await read();
      expect(viewport.zoom).toBeCloseTo(2, 6);
      const under = imageAt(viewport, PANE, 150, 40);
      expect(under.x).toBeCloseTo(0.75, 6);
      expect(under.y).toBeCloseTo(0.2, 6);
      expect(hints).toBe(0);
    }
  });

  test('zooms with focus alone, and back out to the whole image', async () => {
    await browser.page.evaluate(() => state.element.focus());
    await browser.page.mouse.move(LEFT + 10, TOP + 10);
    await browser.page.mouse.wheel(0, -200);
    await browser.page.waitForFunction(() => state.log.changes > 0);
    expect((await read()).viewport.zoom).toBeGreaterThan(1.4);
    for (let step = 0; step < 5; step++) {
      await wheel({ clientX: LEFT + 190, clientY: TOP + 190, deltaY: 250 });
    }
    expect(await read()).toMatchObject({ viewport: { x: 0.5, y: 0.5, zoom: 1 }, scrolled: 0 });
  });

  test('zooms gently by a notch, however the browser counts it', async () => {
    // Chromium: 100 or 120 pixels; Firefox: three lines.
    for (const [deltaY, deltaMode] of [
      [-100, 0],
      [-120, 0],
      [-3, 1]
    ]) {
      await setViewport({ x: 0.5, y: 0.5, zoom: 1 });
      await wheel({ clientX: LEFT + 100, clientY: TOP + 100, deltaY, deltaMode, ctrlKey: true });
      const { zoom } = (await read()).viewport;
      expect(zoom).toBeGreaterThan(1.195);
      expect(zoom).toBeLessThan(1.25);
    }
  });

  test('between tiles the page scrolls without a hint', async () => {
    expect(await wheel({ clientX: LEFT + 210, clientY: TOP + 50, deltaY: -100, ctrlKey: true })).toBe(true);
    expect(await read()).toMatchObject({ changes: 0, hints: 0 });
  });
});

describe('drag', () => {
  test('moves the image with the pointer, also outside the element', async () => {
    await setViewport({ x: 0.5, y: 0.5, zoom: 4 });
    const { mouse } = browser.page;
    await mouse.move(LEFT + 100, TOP + 100);
    await mouse.down();
    await mouse.move(LEFT + 130, TOP + 80, { steps: 3 });
    const during = await read();
    expect(during.isDragging).toBe(true);
    // Whole image 800 px: 30 px right is 0.0375 to the left.
    expect(during.viewport.x).toBeCloseTo(0.5 - 0.0375, 6);
    expect(during.viewport.y).toBeCloseTo(0.5 + 0.025, 6);
    await mouse.move(LEFT - 60, TOP + 100, { steps: 3 });
    expect((await read()).viewport.x).toBeCloseTo(0.5 + 0.2, 6);
    await mouse.up();
    await mouse.move(LEFT + 50, TOP + 50);
    const after = await read();
    expect(after.isDragging).toBe(false);
    expect(after.viewport.x).toBeCloseTo(0.7, 6);
    expect(after.clicks).toEqual([]);
  });

  test('stops at the edge and takes up the same point on the way back', async () => {
    await setViewport({ x: 0.5, y: 0.5, zoom: 2 });
    const { mouse } = browser.page;
    await mouse.move(LEFT + 20, TOP + 100);
    await mouse.down();
    await mouse.move(LEFT + 190, TOP + 100, { steps: 2 });
    expect((await read()).viewport.x).toBe(0.25);
    await mouse.move(LEFT + 60, TOP + 100, { steps: 2 });
    expect((await read()).viewport.x).toBeCloseTo(0.4, 6);
    await mouse.up();
  });

  test('a click is not a drag, a drag is not a click', async () => {
    await setViewport({ x: 0.5, y: 0.5, zoom: 2 });
    await browser.page.mouse.click(LEFT + 300, TOP + 100);
    expect(await read()).toMatchObject({ clicks: [1], changes: 0 });
    await browser.page.mouse.move(LEFT + 100, TOP + 100);
    await browser.page.mouse.down();
    await browser.page.mouse.move(LEFT + 120, TOP + 100, { steps: 2 });
    await browser.page.mouse.up();
    expect(await read()).toMatchObject({ clicks: [1] });
  });
});

test('a double click shows the whole image', async () => {
  await setViewport({ x: 0.3, y: 0.4, zoom: 8 });
  await browser.page.mouse.dblclick(LEFT + 100, TOP + 100);
  expect((await read()).viewport).toEqual({ x: 0.5, y: 0.5, zoom: 1 });
});

describe('box zoom', () => {
  test('shift and drag zooms to the box', async () => {
    const { keyboard, mouse } = browser.page;
    await keyboard.down('Shift');
    await mouse.move(LEFT + 50, TOP + 20);
    await mouse.down();
    await mouse.move(LEFT + 100, TOP + 70, { steps: 2 });
    expect(await read()).toMatchObject({ box: { x: LEFT + 50, y: TOP + 20, width: 50, height: 50 }, changes: 0 });
    await mouse.up();
    await keyboard.up('Shift');
    const { viewport, box, clicks } = await read();
    expect(box).toBeNull();
    expect(clicks).toEqual([]);
    expect(viewport.zoom).toBeCloseTo(4, 6);
    expect(imageAt(viewport, PANE, 0, 0).x).toBeCloseTo(0.25, 6);
    expect(imageAt(viewport, PANE, 0, 0).y).toBeCloseTo(0.1, 6);
  });

  test('Escape gives up', async () => {
    const { keyboard, mouse } = browser.page;
    await keyboard.down('Shift');
    await mouse.move(LEFT + 50, TOP + 20);
    await mouse.down();
    await mouse.move(LEFT + 100, TOP + 70, { steps: 2 });
    await keyboard.press('Escape');
    expect((await read()).box).toBeNull();
    await mouse.up();
    await keyboard.up('Shift');
    expect((await read()).changes).toBe(0);
  });
});

describe('keyboard', () => {
  test('arrows pan, + and - zoom about the centre, 0 resets', async () => {
    const { keyboard } = browser.page;
    await browser.page.evaluate(() => state.element.focus());
    await keyboard.press('+');
    await keyboard.press('+');
    let { viewport } = await read();
    expect(viewport.zoom).toBeCloseTo(2, 6);
    expect(viewport.x).toBeCloseTo(0.5, 6);
    await keyboard.press('ArrowRight');
    await keyboard.press('ArrowUp');
    ({ viewport } = await read());
    // A tenth of the pane, which shows half of the image.
    expect(viewport.x).toBeCloseTo(0.55, 6);
    expect(viewport.y).toBeCloseTo(0.45, 6);
    await keyboard.press('-');
    expect((await read()).viewport.zoom).toBeCloseTo(Math.SQRT2, 6);
    await keyboard.press('0');
    expect((await read()).viewport).toEqual({ x: 0.5, y: 0.5, zoom: 1 });
  });

  test('keys with Ctrl, other keys, and arrows at zoom 1 are left to the page', async () => {
    const kept = await browser.page.evaluate(() =>
      [{ key: '+', ctrlKey: true }, { key: 'a' }, { key: 'ArrowDown' }, { key: 'toString' }].map(init =>
        state.element.dispatchEvent(new KeyboardEvent('keydown', { ...init, bubbles: true, cancelable: true }))
      )
    );
    expect(kept).toEqual([true, true, true, true]);
    expect((await read()).changes).toBe(0);
  });
});

describe('touch', () => {
  const touches = (points: [number, number][]) => points.map(([x, y], id) => ({ x: LEFT + x, y: TOP + y, id }));

  test('two fingers zoom and pan at once; lifting one ends it', async () => {
    const devtools = await browser.page.context().newCDPSession(browser.page);
    const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: [number, number][]) =>
      devtools.send('Input.dispatchTouchEvent', { type, touchPoints: touches(points) });
    await send('touchStart', [[80, 100]]);
    await send('touchStart', [
      [80, 100],
      [120, 100]
    ]);
    await send('touchMove', [
      [70, 110],
      [150, 110]
    ]);
    const { viewport } = await read();
    expect(viewport.zoom).toBeCloseTo(2, 2);
    // The middle was (100, 100), image (0.5, 0.5); it is (110, 110) now.
    const under = imageAt(viewport, PANE, 110, 110);
    expect(under.x).toBeCloseTo(0.5, 2);
    expect(under.y).toBeCloseTo(0.5, 2);
    await send('touchEnd', [[70, 110]]);
    const { changes } = await read();
    await send('touchMove', [[40, 110]]);
    await send('touchEnd', []);
    expect((await read()).changes).toBe(changes);
    await devtools.detach();
    // Otherwise the browser would zoom the page, which the emulation here does not.
    expect(await browser.page.evaluate(() => state.element.style.touchAction)).toBe('pan-x pan-y');
  });
});

describe('hover', () => {
  test('follows the pointer by tile, and ends outside', async () => {
    await setViewport({ x: 0.25, y: 0.25, zoom: 2 });
    await browser.page.mouse.move(LEFT + 220 + 50, TOP + 100);
    expect(await read()).toMatchObject({ cursor: { x: 0.125, y: 0.25 }, tile: 1 });
    await browser.page.mouse.move(LEFT + 210, TOP + 100);
    expect(await read()).toMatchObject({ cursor: null, tile: null });
    await browser.page.mouse.move(LEFT + 50, TOP + 100);
    expect((await read()).tile).toBe(0);
    await browser.page.mouse.move(LEFT - 50, TOP + 100);
    expect(await read()).toMatchObject({ cursor: null, tile: null });
  });

  test('beside the image there is no cursor', async () => {
    await setViewport({ x: 0, y: 0.5, zoom: 2 });
    await browser.page.mouse.move(LEFT + 50, TOP + 100);
    expect((await read()).cursor).toBeNull();
  });
});

test('detached gestures do nothing more', async () => {
  await browser.page.evaluate(() => {
    state.element.focus();
    state.detach();
  });
  await browser.page.mouse.dblclick(LEFT + 50, TOP + 50);
  await browser.page.keyboard.press('+');
  expect(await wheel({ clientX: LEFT + 50, clientY: TOP + 50, deltaY: -100, ctrlKey: true })).toBe(true);
  expect(await read()).toMatchObject({ changes: 0, cursor: null, clicks: [] });
  expect(await browser.page.evaluate(() => state.element.style.touchAction)).toBe('');
});
