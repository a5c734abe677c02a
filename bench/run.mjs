/**
 * `npm run bench`: how fast GradLens is, beside named peers in the same run.
 *
 *   node bench/run.mjs [--suite reference|engine|passes|batches] [--rounds 3] [--steady 5] [--backend auto]
 *     [--models MobileNetV2,…] [--methods score-cam,…] [--workers 1,2]
 *
 * reference and engine unless one is named. --steady is the reference suite's, --backend also that of passes;
 * --models the engine suite's, which takes twice as many rounds; --methods and --workers that of passes.
 */
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { benchEngine, MODELS } from './engine/bench-engine.mjs';
import { benchBatches } from './passes/bench-batches.mjs';
import { benchPasses, METHODS } from './passes/bench-passes.mjs';
import { benchReference } from './reference/bench-reference.mjs';

async function main() {
  const { values } = parseArgs({
    options: {
      suite: { type: 'string' },
      rounds: { type: 'string', default: '3' },
      steady: { type: 'string', default: '5' },
      backend: { type: 'string', default: 'auto' },
      models: { type: 'string', default: MODELS.join() },
      methods: { type: 'string', default: METHODS.join() },
      workers: { type: 'string', default: '1,2' }
    }
  });
  const rounds = Number(values.rounds);
  const suites = {
    reference: () => benchReference({ rounds, steady: Number(values.steady), backend: values.backend }),
    engine: () => benchEngine({ rounds: 2 * rounds, models: values.models.split(',') }),
    passes: () =>
      benchPasses({
        rounds,
        backend: values.backend,
        methods: values.methods.split(','),
        workers: values.workers.split(',').map(Number)
      }),
    batches: () => benchBatches({ rounds })
  };
  if (values.suite !== undefined && !(values.suite in suites)) {
    throw new Error(`--suite is “${values.suite}”, but takes ${Object.keys(suites).join(' or ')}.`);
  }
  for (const name of values.suite ? [values.suite] : ['reference', 'engine']) {
    console.log(
      `\n${name}: Node ${process.version}, ${cpus().length} x ${cpus()[0].model.trim()}, load average ${loadavg()[0].toFixed(1)}`
    );
    await suites[name]();
    console.log(`load average at the end: ${loadavg()[0].toFixed(1)}`);
  }
}

main().catch(error => {
  console.error(process.env.GRADLENS_DEBUG ? error : `bench: ${error.message}`);
  process.exitCode = 1;
});
