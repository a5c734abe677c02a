/**
 * Runs in the page: the extension's own client, talking to the worker of
 * the built extension. Arrays leave by POST as they are, not through JSON.
 */
import { EngineClient } from '../src/engine/page/client.ts';
import { runParams } from '../src/engine/page/run-params.ts';
import { noEvidence } from '../src/explain/no-evidence.ts';
import { english } from '../src/messages/message.ts';

/** The client, from `start` to `dispose`. @type {EngineClient} */
let client;

/** Sections of one posted body, in order: what they are, their shape, and how many values. */
function pack(result) {
  const sections = [];
  const parts = [];
  for (const kind of ['outputs', 'activations', 'gradients', 'maps']) {
    for (const [name, { shape, data }] of Object.entries(result[kind])) {
      sections.push({ kind, name, shape, length: data.length });
      parts.push(data);
    }
  }
  return { sections, body: new Blob(parts) };
}

async function* measured(stream, clock) {
  for await (const chunk of stream) {
    yield chunk;
  }
  clock.readEnd = performance.now();
}

/** The whole request, its inputs fetched. */
async function requestOf(params, inputs) {
  const fetched = {};
  for (const [name, { url, shape }] of Object.entries(inputs)) {
    const data = new Float32Array(await (await fetch(url)).arrayBuffer());
    fetched[name] = { kind: 'tensor', tensor: { shape, data } };
  }
  return runParams({ ...params, inputs: fetched });
}

/** A file beside the model's: the shards of a TensorFlow.js model. */
async function fetchBeside(folder, path) {
  const response = await fetch([folder, ...path.split('/').map(encodeURIComponent)].join('/'));
  if (!response.ok) {
    throw new Error(`There is no file ${path} there.`);
  }
  return new Uint8Array(await response.arrayBuffer());
}

async function deliver(result, total, resultUrl) {
  const { sections, body } = pack(result);
  await fetch(resultUrl, { method: 'POST', body });
  const { targets, backend, timings, completeness, empty, trust } = result;
  const told = [
    ...result.notices,
    ...Object.entries(empty).map(([layer, samples]) => noEvidence(layer, samples, targets.length))
  ];
  return {
    sections,
    targets,
    backend,
    timings: { ...timings, total },
    notices: told.map(english),
    completeness,
    trust
  };
}

/** Messages leave the page as text: what reads them has no translator. */
async function backendReport(backend) {
  const report = await client.setBackend(backend);
  return { ...report, reason: report.reason && english(report.reason) };
}

const actions = {
  /** Starts a worker from the built extension's chunk; resolves when it answers. */
  async start({ workerUrl, backend, workers = null }) {
    client = new EngineClient(() => new Worker(workerUrl));
    client.setWorkers({ workers });
    return backendReport(backend);
  },

  setBackend: ({ backend }) => backendReport(backend),

  /** Fetches a model into the worker. Milliseconds: `read` until the last byte, `parse` from there. */
  async open({ model, name, url, beside, layers }) {
    const clock = { start: performance.now(), readEnd: 0 };
    const response = await fetch(url);
    const total = Number(response.headers.get('Content-Length'));
    const summary = await client.open({ model, name, layers }, measured(response.body, clock), {
      total,
      sibling: path => fetchBeside(beside, path)
    });
    return {
      summary: { ...summary, notices: summary.notices.map(english) },
      timings: { read: clock.readEnd - clock.start, parse: performance.now() - clock.readEnd }
    };
  },

  close: ({ model }) => client.close(model),

  /** Runs an opened model; `timings.total` is from the request to the result in the page. */
  async run({ params, inputs, resultUrl }) {
    const request = await requestOf(params, inputs);
    const start = performance.now();
    const result = await client.run(request);
    return deliver(result, performance.now() - start, resultUrl);
  },

  /** All that a first `show()` does, on one clock: worker, backend, model, map. */
  async cold({ start, open, run }) {
    const request = await requestOf(run.params, run.inputs);
    const clock = performance.now();
    // Not awaited, as in the view: the backend starts while the file is on its way.
    const ready = actions.start(start).then(() => performance.now() - clock);
    const { timings } = await actions.open(open);
    const result = await client.run(request);
    const answer = await deliver(result, performance.now() - clock, run.resultUrl);
    return { ...answer, timings: { start: await ready, ...timings, ...answer.timings } };
  },

  dispose: () => client?.dispose()
};

/** Runs one action; an error comes back as data, so that its sentence stays whole. */
/** @type {any} */ (window).gradlens = async (action, argument) => {
  try {
    return { value: await actions[action](argument) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error), stack: error?.stack };
  }
};
