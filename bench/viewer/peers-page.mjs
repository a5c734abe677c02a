/** The peers' side of the comparison: one map in each, with clocks around it. Bundled by bench-peers.mjs. */
import '@h5web/lib/dist/styles.css';
import { HeatmapVis } from '@h5web/lib';
import ndarray from 'ndarray';
import Plotly from 'plotly.js-dist-min';
import React from 'react';
import { createRoot } from 'react-dom/client';

const place = () => {
  document.body.replaceChildren();
  const node = document.createElement('div');
  node.style.cssText = 'width: 600px; height: 600px; display: flex';
  document.body.append(node);
  return node;
};

const values = size =>
  Float32Array.from(
    { length: size * size },
    (_, at) => Math.sin((3 * (at % size)) / size) * Math.cos((3 * at) / size / size)
  );

const painted = () =>
  new Promise(resolve =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve();
      port2.postMessage(null);
    })
  );

const show = {
  plotly: async size => {
    const flat = values(size);
    const z = Array.from({ length: size }, (_, row) => Array.from(flat.subarray(row * size, (row + 1) * size)));
    const node = place();
    const start = performance.now();
    await Plotly.newPlot(
      node,
      [{ type: 'heatmap', z, colorscale: 'Viridis' }],
      { width: 600, height: 600 },
      { displayModeBar: false }
    );
    await painted();
    return performance.now() - start;
  },
  h5web: async size => {
    const data = ndarray(values(size), [size, size]);
    const node = place();
    const start = performance.now();
    createRoot(node).render(
      React.createElement(HeatmapVis, { dataArray: data, domain: [-1, 1], colorMap: 'Viridis', showGrid: false })
    );
    const isDrawn = () => {
      const canvas = node.querySelector('canvas');
      const gl = canvas?.getContext('webgl2');
      return Boolean(gl) && canvas.width > 100;
    };
    do {
      await painted();
    } while (!isDrawn());
    await painted();
    return performance.now() - start;
  }
};

const target = { plotly: () => document.querySelector('.nsewdrag'), h5web: () => document.querySelector('canvas') };

/** Moves the pointer over the map; the main-thread milliseconds of each move and its frame, and until it is painted. */
async function move(peer, count) {
  const element = target[peer]();
  const timings = [];
  for (let i = 0; i < count; i++) {
    const box = element.getBoundingClientRect();
    const clientX = box.left + box.width * (0.5 + 0.4 * Math.sin(i / 5));
    const clientY = box.top + box.height * (0.5 + 0.4 * Math.cos(i / 7));
    await painted();
    await new Promise(resolve => setTimeout(resolve));
    let frameStart = 0;
    requestAnimationFrame(() => (frameStart = performance.now()));
    const start = performance.now();
    for (const type of ['pointermove', 'mousemove']) {
      const Event = type === 'pointermove' ? PointerEvent : MouseEvent;
      element.dispatchEvent(new Event(type, { clientX, clientY, bubbles: true, view: window }));
    }
    const handlers = performance.now() - start;
    await new Promise(resolve => {
      requestAnimationFrame(() => {
        const frame = performance.now() - frameStart;
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          timings.push({ work: handlers + frame, painted: performance.now() - start });
          resolve();
        };
        port2.postMessage(null);
      });
    });
  }
  return timings;
}

globalThis.peers = { show: (peer, size) => show[peer](size), move };
