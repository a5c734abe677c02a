/** From a file's bytes through the real worker to a map, against Keras (conformance/ops/whole_model.py). */
import { type Browser, chromium } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM_ARGS, findChromium } from '../../../headless/chromium.mjs';
import { english } from '../../messages/message';
import { decode, relativeError, type StoredTensor } from '../testing/numbers';
import { readReference } from '../testing/references';
import { openPage } from '../testing/worker-server';

declare const engine: typeof import('../testing/worker-page');

interface Reference {
  layer: string;
  png: string;
  input: StoredTensor;
  output: StoredTensor;
  activation: StoredTensor;
  map: StoredTensor;
  target: number;
}

const reference = readReference<Reference>('conformance/data/ops/small.json', 'conformance/ops/whole_model.py');

let browser: Browser;

beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: findChromium(),
    args: CHROMIUM_ARGS
  });
}, 60000);

afterAll(() => browser.close());

type Answer = import('../testing/worker-page').Answer;

function expectKeras(answer: Answer): void {
  expect(answer.target).toBe(reference.target);
  expect(relativeError(answer.output, decode(reference.output))).toBeLessThan(1e-5);
  expect(relativeError(answer.activation, decode(reference.activation))).toBeLessThan(1e-5);
  expect(relativeError(answer.map, decode(reference.map))).toBeLessThan(1e-5);
}

describe('the worker', () => {
  let opened: Awaited<ReturnType<typeof openPage>>;

  beforeAll(async () => {
    opened = await openPage(browser, '../worker/worker.ts');
  }, 60000);

  afterAll(() => opened.close());

  it.each(['wasm', 'webgl', 'cpu'] as const)(
    'explains a model file on %s as Keras does',
    { timeout: 60000 },
    async backend => {
      const { page } = opened;
      expect(await page.evaluate(name => engine.setBackend(name), backend)).toEqual({ backend, reason: null });
      expect(await page.evaluate(() => engine.open('/small.keras'))).toContain(reference.layer);
      const answer = await page.evaluate(([tensor, layer]) => engine.runTensor(tensor, layer, 'tensor'), [
        reference.input,
        reference.layer
      ] as const);
      expect(answer.backend).toBe(backend);
      expectKeras(answer);
    }
  );

  it('decodes a picture without changing a value', { timeout: 30000 }, async () => {
    const answer = await opened.page.evaluate(([png, layer]) => engine.runPicture(png, layer, 'picture'), [
      reference.png,
      reference.layer
    ] as const);
    expect(answer.inputSize).toEqual([24, 24]);
    expectKeras(answer);
  });

  it('stops when it is told to, and works on', { timeout: 30000 }, async () => {
    const given = [reference.input, reference.layer] as const;
    expect(await opened.page.evaluate(([tensor, layer]) => engine.cancelled(tensor, layer), given)).toBe('AbortError');
    expectKeras(await opened.page.evaluate(([tensor, layer]) => engine.runTensor(tensor, layer, 'after'), given));
  });

  it('passes on why a file cannot be read', { timeout: 30000 }, async () => {
    expect(await opened.page.evaluate(() => engine.failure('hello'))).toMatch(/^model\.h5 .*text/);
  });

  it('avoids a WebGL that is drawn in software', { timeout: 30000 }, async () => {
    const renderer = await opened.page.evaluate(() => {
      const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
      const info = gl?.getExtension('WEBGL_debug_renderer_info');
      return info ? String(gl?.getParameter(info.UNMASKED_RENDERER_WEBGL)) : '';
    });
    await opened.page.evaluate(() => engine.restart());
    const { backend, reason } = await opened.page.evaluate(() => engine.setBackend('auto'));
    expect([backend, reason && english(reason)]).toEqual(
      /SwiftShader|llvmpipe/.test(renderer)
        ? ['wasm', `WebGL is drawn in software here (${renderer})`]
        : ['webgl', null]
    );
  });

  it('refuses a WebGL of half precision', { timeout: 30000 }, async () => {
    await opened.page.evaluate(() => engine.restart('?tfjsflags=WEBGL_RENDER_FLOAT32_ENABLED:false'));
    const { backend, reason } = await opened.page.evaluate(() => engine.setBackend('webgl'));
    expect([backend, reason && english(reason)]).toEqual(['wasm', 'WebGL renders only to half precision here']);
  });
});

describe('the worker whose GPU is taken away', () => {
  it('goes on with a fresh backend', { timeout: 60000 }, async () => {
    const { page, close } = await openPage(browser, './losing-worker.ts');
    await page.evaluate(() => engine.setBackend('webgl'));
    await page.evaluate(() => engine.open('/small.keras'));
    for (const key of ['first', 'second', 'third']) {
      const given = [reference.input, reference.layer, key] as const;
      expectKeras(await page.evaluate(([tensor, layer, inputKey]) => engine.runTensor(tensor, layer, inputKey), given));
    }
    await close();
  });
});
