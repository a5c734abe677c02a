/**
 * The built extension's worker in a headless Chromium, for scripts: the very
 * bundle that JupyterLab loads, on any backend, without JupyterLab.
 */
import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { chromium } from 'playwright';
import { CHROMIUM_ARGS, findChromium } from './chromium.mjs';
import { startServer } from './server.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const builtFolder = join(here, '../gradlens/labextension/static');

/** An error in one sentence. */
class HarnessError extends Error {
  name = 'HarnessError';
}

/**
 * Starts the browser and a worker in it.
 *
 * @param {{ backend?: string, staticFolder?: string, workers?: number | null }} options the folder
 *   that holds the worker's chunk: the built extension's, unless said otherwise; the workers that share
 *   many passes: as many as a view has, unless said otherwise
 * @returns {Promise<Harness>}
 * @throws {HarnessError} when there is no browser or no build
 */
export async function openHarness({ backend = 'auto', staticFolder = builtFolder, workers = null } = {}) {
  const workerUrl = `/static/${findWorker(staticFolder)}`;
  const executablePath = findChromium();
  if (!executablePath) {
    throw new HarnessError(
      'No Chromium was found: install it (Debian: apt-get install chromium), or name one in the variable CHROMIUM.'
    );
  }
  const server = await startServer({ staticFolder, pageScript: await bundlePage() });
  try {
    const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGS });
    const harness = new Harness(server, browser, workerUrl);
    harness.workers = workers;
    await harness.restart(backend);
    return harness;
  } catch (error) {
    await server.close();
    throw error;
  }
}

/** One page with one worker. */
class Harness {
  #server;
  #browser;
  #workerUrl;
  /** @type {import('playwright').Page | null} */
  #page = null;
  #models = new Map();

  /** The backend that runs, and why not another: the worker's BackendReport. */
  /** @type {any} */
  backend = null;

  /** Workers that share many passes, from the next start; null: as many as a view has. @type {number | null} */
  workers = null;

  /** Changes with the worker's code: the hash in its file's name. */
  build;

  constructor(server, browser, workerUrl) {
    this.build = basename(workerUrl, '.js').split('.')[1] ?? '';
    this.#server = server;
    this.#browser = browser;
    this.#workerUrl = workerUrl;
  }

  /** A fresh page and worker, as after reloading the notebook. */
  async restart(backend = 'auto') {
    await this.#freshPage();
    this.backend = await this.#call('start', { workerUrl: this.#workerUrl, backend, workers: this.workers });
  }

  async #freshPage() {
    await this.#page?.close();
    this.#models.clear();
    const page = (this.#page = await this.#browser.newPage());
    page.on('pageerror', error => console.error(`page: ${error.message}`));
    if (process.env.GRADLENS_DEBUG) {
      page.on('console', message => console.error(`page: ${message.text()}`));
    }
    await page.goto(this.#server.origin);
    await page.waitForFunction(() => 'gradlens' in window);
  }

  async setBackend(backend) {
    this.backend = await this.#call('setBackend', { backend });
    return this.backend;
  }

  /**
   * Reads a model file into the worker, once.
   *
   * @param {string} path
   * @param {Record<string, unknown>} [layers] what stands in for layers that exist only as Python code
   * @returns {Promise<{ summary: object, timings: object }>}
   */
  async open(path, layers = {}) {
    if (!this.#models.has(path)) {
      this.#models.set(path, await this.#call('open', { ...this.#openRequest(path), layers }));
    }
    return this.#models.get(path);
  }

  /** Frees a model. */
  async closeModel(path) {
    this.#models.delete(path);
    return this.#call('close', { model: path });
  }

  /** Ends the browser and the server. */
  async close() {
    await this.#browser.close();
    await this.#server.close();
  }

  /**
   * Runs an opened model once.
   *
   * @param {{ model: string, inputs: Record<string, { shape: number[], data: Float32Array }>, inputKey?: string,
   *   activations?: string[], gradients?: string[], maps?: string[], method?: string,
   *   target?: number | null, score?: 'logit' | 'probability' }} request
   * @returns {Promise<{ outputs: object, activations: object, gradients: object, maps: object, targets: object[],
   *   backend: string, timings: object, notices: string[] }>} arrays by name as `{ shape, data }`
   */
  async run(request) {
    const { body, ...argument } = this.#runRequest(request);
    const { sections, ...rest } = await this.#call('run', argument);
    return { ...rest, ...unpack(sections, await body) };
  }

  /**
   * Everything that a first `show()` does, in a fresh page and worker: takes
   * what {@link run} takes. `timings.total` is from the worker's creation to
   * the result in the page.
   */
  async cold({ backend = 'auto', ...request }) {
    await this.#freshPage();
    const { body, ...run } = this.#runRequest(request);
    const { sections, ...rest } = await this.#call('cold', {
      start: { workerUrl: this.#workerUrl, backend, workers: this.workers },
      open: this.#openRequest(request.model),
      run
    });
    return { ...rest, ...unpack(sections, await body) };
  }

  #openRequest(path) {
    return {
      model: path,
      name: basename(path),
      url: this.#server.share(path),
      beside: this.#server.shareFolder(dirname(path))
    };
  }

  /** @param {Record<string, any>} request */
  #runRequest({ model, inputs, inputKey, ...wanted }) {
    const addresses = {};
    for (const [name, { shape, data }] of Object.entries(inputs)) {
      const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
      addresses[name] = { shape, url: this.#server.offer(bytes) };
    }
    const params = { model, inputKey: inputKey ?? `input ${++runs}`, ...wanted };
    const { url, body } = this.#server.receive();
    return { params, inputs: addresses, resultUrl: url, body };
  }

  async #call(action, argument) {
    const answer = await this.#page?.evaluate(
      ([name, value]) => /** @type {any} */ (window).gradlens(name, value),
      [action, argument]
    );
    if (answer.error !== undefined) {
      const error = new HarnessError(answer.error);
      error.stack = answer.stack ?? error.stack;
      throw error;
    }
    return answer.value;
  }
}

let runs = 0;

function unpack(sections, body) {
  const result = { outputs: {}, activations: {}, gradients: {}, maps: {} };
  let offset = body.byteOffset;
  for (const { kind, name, shape, length } of sections) {
    result[kind][name] = { shape, data: new Float32Array(body.buffer.slice(offset, offset + 4 * length)) };
    offset += 4 * length;
  }
  return result;
}

/** The page's module: the client is bundled afresh, the worker is not. */
async function bundlePage() {
  const { outputFiles } = await build({
    entryPoints: [join(here, 'page.mjs')],
    bundle: true,
    format: 'esm',
    write: false,
    logLevel: 'error'
  });
  return outputFiles[0].text;
}

function findWorker(staticFolder) {
  const files = existsSync(staticFolder) ? readdirSync(staticFolder) : [];
  const worker = files.find(file => /^gradlens-engine[^/]*\.js$/.test(file));
  if (!worker) {
    throw new HarnessError('The extension is not built: run “npm run setup build”.');
  }
  return worker;
}
