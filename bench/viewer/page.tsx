/**
 * The bench page: the product's own panels over tensors made here, and clocks
 * around them. Driven by ../viewer.mjs.
 */
import * as React from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { PageScope } from '../../src/session/page-scope';
import type { ViewServices } from '../../src/session/services';
import { LinkGroup } from '../../src/session/view/link-group';
import { type ShownMap, ShownNow } from '../../src/session/view/shown-map';
import { ViewSession } from '../../src/session/view/view-session';
import { WHOLE } from '../../src/state/places';
import { drawGrid, gridLayout } from '../../src/viewer/draw/draw-grid';
import { type HeatmapPlanes, HeatmapRenderer } from '../../src/viewer/gl/renderer';
import { REST } from '../../src/viewer/timing/pace';
import { FeatureGrid } from '../../src/widgets/grid/feature-grid';
import { MapPanel } from '../../src/widgets/map/map-panel';
import { ServicesContext } from '../../src/widgets/shared/context';
import { ShownMapProvider } from '../../src/widgets/shared/shown-map-provider';
import { ViewProvider } from '../../src/widgets/shared/view-context';

interface Timing {
  /** Main-thread milliseconds: the event's handlers, and the frame's callbacks. */
  work: number;
  /** From the event to after the frame's layout and paint. */
  painted: number;
}

const fill = (text: string, ...values: unknown[]): string =>
  text.replace(/%(\d)/g, (_, i) => String(values[Number(i) - 1]));
const trans = {
  __: fill,
  _n: (one: string, many: string, n: number, ...values: unknown[]) => fill(n === 1 ? one : many, ...values)
};
const page = new PageScope();
const services = { trans, themeChanged: null, page } as unknown as ViewServices;

/** Smooth waves, different in each channel. */
function makePlanes(channels: number, height: number, width: number): HeatmapPlanes {
  const data = new Float32Array(channels * height * width);
  for (let at = 0, c = 0; c < channels; c++) {
    const [fx, fy] = [1 + (c % 7), 1 + (c % 5)];
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++, at++) {
        data[at] = Math.sin((fx * 3 * x) / width) * Math.cos((fy * 3 * y) / height);
      }
    }
  }
  return { data, channels, height, width };
}

function View({ session, planes }: { session: ViewSession; planes: HeatmapPlanes }): React.ReactElement {
  const map = React.useMemo<ShownMap>(
    () => ({
      planes,
      channel: 0,
      region: WHOLE,
      name: 'channel 0',
      quantity: 'activation',
      title: 'Heatmap of channel 0',
      caption: 'Channel 0'
    }),
    [planes]
  );
  const shown = React.useMemo(() => new ShownNow(), []);
  const view = React.useMemo(() => ({ session, controller: null, keeper: null }), [session]);
  return (
    <ViewProvider view={view}>
      <ShownMapProvider now={shown} map={map}>
        <section className="jp-GradLens-view">
          <div className="jp-GradLens-panels">
            <div className="jp-GradLens-main">
              <MapPanel picture={null} aspect={1} canGoBack={false} />
            </div>
            <div className="jp-GradLens-side">
              <FeatureGrid planes={planes} region={WHOLE} layer="bench" aspect={1} />
            </div>
          </div>
        </section>
      </ShownMapProvider>
    </ViewProvider>
  );
}

let sessions: ViewSession[] = [];
let roots: Root[] = [];
let leave: { dispose(): void }[] = [];

/** Shows some linked views of one tensor; resolves with the milliseconds to the first paint. */
async function show(views: number, channels: number, height: number, width: number): Promise<number> {
  clear();
  const planes = makePlanes(channels, height, width);
  await painted();
  const start = performance.now();
  for (let i = 0; i < views; i++) {
    const session = new ViewSession(`bench-${i}`);
    leave.push(page.get(LinkGroup).join(session, { model: 'bench' }));
    sessions.push(session);
    const place = document.createElement('div');
    document.body.append(place);
    const root = createRoot(place);
    roots.push(root);
    root.render(
      <ServicesContext.Provider value={services}>
        <View session={session} planes={planes} />
      </ServicesContext.Provider>
    );
  }
  const isDrawn = (): boolean => {
    const canvas = document.querySelector<HTMLCanvasElement>('.jp-GradLens-mapsWindow canvas');
    const context = canvas && canvas.width > 50 ? canvas.getContext('2d') : null;
    return context !== null && context.getImageData(20, 20, 1, 1).data[3] > 0;
  };
  do {
    await painted();
  } while (!isDrawn());
  return performance.now() - start;
}

function clear(): void {
  roots.forEach(root => root.unmount());
  leave.forEach(link => link.dispose());
  document.body.replaceChildren();
  sessions = [];
  roots = [];
  leave = [];
}

/** Resolves after the next frame was painted. */
function painted(): Promise<void> {
  return new Promise(resolve => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve();
      port2.postMessage(null);
    });
  });
}

/** Measures one change, from its cause to its paint. */
function measure(cause: () => void): Promise<Timing> {
  return new Promise(resolve => {
    requestAnimationFrame(() => {
      // Not within a frame: a pointer event comes before one.
      setTimeout(() => {
        let frameStart = 0;
        requestAnimationFrame(() => (frameStart = performance.now()));
        const start = performance.now();
        cause();
        const handlers = performance.now() - start;
        // Asked for after the views asked: runs after them in the same frame.
        requestAnimationFrame(() => {
          const frame = performance.now() - frameStart;
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => resolve({ work: handlers + frame, painted: performance.now() - start });
          port2.postMessage(null);
        });
      });
    });
  });
}

/** Moves the pointer over the first view's map, `count` times. */
async function movePointer(count: number): Promise<Timing[]> {
  const canvas = document.querySelector<HTMLCanvasElement>('.jp-GradLens-canvas canvas');
  if (!canvas) {
    throw new Error('no view');
  }
  const timings: Timing[] = [];
  for (let i = 0; i < count; i++) {
    const box = canvas.getBoundingClientRect();
    const clientX = box.left + box.width * (0.5 + 0.4 * Math.sin(i / 5));
    const clientY = box.top + box.height * (0.5 + 0.4 * Math.cos(i / 7));
    timings.push(
      await measure(() => canvas.dispatchEvent(new PointerEvent('pointermove', { clientX, clientY, bubbles: true })))
    );
  }
  return timings;
}

/** Zooms in and out, `count` times. */
async function zoom(count: number): Promise<Timing[]> {
  const timings: Timing[] = [];
  for (let i = 0; i < count; i++) {
    const z = 1 + 3 * Math.abs(Math.sin(i / 6));
    timings.push(await measure(() => sessions[0].update({ viewport: { x: 0.5, y: 0.5, zoom: z } })));
  }
  return timings;
}

/** Draws all tiles of a layer at once, zoomed ever differently: milliseconds until the pixels are there. */
function zoomAllTiles(count: number, channels: number, size: number): number[] {
  clear();
  const planes = makePlanes(channels, size, size);
  const renderer = page.get(HeatmapRenderer);
  const texture = renderer.upload(planes);
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [1280, 1000];
  const layout = gridLayout({ channels, width: 1280, tileSize: 26, gap: 2, labelHeight: 0, mapAspect: 1 });
  const style = { colormap: 'viridis' as const, min: -1, max: 1, smooth: true };
  const inks = {
    background: '#fff',
    text: '#000',
    line: '#888',
    selected: '#00f',
    crosshair: '#fff',
    halo: '#000',
    font: 'sans-serif'
  };
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    const viewport = { x: 0.5, y: 0.5, zoom: 1 + 3 * Math.abs(Math.sin(i / 6)) };
    const start = performance.now();
    // As a view does it: the first one sharp, then as many pixels as there is time for.
    const resolution = i === 0 ? 1 : renderer.pace.resolutionFor(canvas.width * canvas.height, 8);
    const scene = {
      layout,
      scrollTop: 0,
      texture,
      viewport,
      aspect: 1,
      style: { ...style, resolution },
      selected: null,
      cursor: null
    };
    drawGrid(canvas, scene, inks, 1, renderer);
    // Waits for the GPU.
    canvas.getContext('2d')?.getImageData(0, 0, 1, 1);
    times.push(performance.now() - start);
  }
  texture.dispose();
  return times;
}

/** Resolves when maps that were drawn coarser, being in motion, are sharp again. */
const settled = (): Promise<void> => new Promise(resolve => setTimeout(resolve, 4 * REST));

/** Zooms a little in every frame; the milliseconds between frames. */
async function zoomSteadily(count: number): Promise<number[]> {
  const gaps: number[] = [];
  let before = performance.now();
  for (let i = 0; i < count; i++) {
    sessions[0].update({ viewport: { x: 0.5, y: 0.5, zoom: 1 + 3 * Math.abs(Math.sin(i / 6)) } });
    await new Promise(resolve => requestAnimationFrame(resolve));
    const now = performance.now();
    gaps.push(now - before);
    before = now;
  }
  return gaps;
}

/** Scrolls through all views; the milliseconds between frames. */
async function scrollThrough(step: number): Promise<number[]> {
  const gaps: number[] = [];
  window.scrollTo(0, 0);
  let before = performance.now();
  const end = document.documentElement.scrollHeight - window.innerHeight;
  for (let y = 0; y < Math.min(end, 60 * step); y += step) {
    window.scrollTo(0, y);
    await new Promise(resolve => requestAnimationFrame(resolve));
    const now = performance.now();
    gaps.push(now - before);
    before = now;
  }
  return gaps;
}

/** Bytes of all canvases' pixels in the page. */
const canvasBytes = (): number =>
  [...document.querySelectorAll('canvas')].reduce((sum, { width, height }) => sum + 4 * width * height, 0);

Object.assign(globalThis, {
  bench: { show, clear, movePointer, zoom, zoomAllTiles, zoomSteadily, settled, scrollThrough, canvasBytes }
});
