/**
 * `npm run bench`: how fast GradLens is, beside named peers in the same run.
 *
 *   node bench/run.mjs [--suite reference|engine] [--rounds 3] [--steady 5] [--backend auto] [--models MobileNetV2,…]
 *
 * Both suites unless one is named. --steady and --backend are the reference
 * suite's, --models the engine suite's; it takes twice as many rounds.
 */
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { benchEngine, MODELS } from './engine/bench-engine.mjs';
import { benchReference } from './reference/bench-reference.mjs';

async function main() {
  const { values } = parseArgs({
    options: {
      suite: { type: 'string' },
      rounds: { type: 'string', default: '3' },
      steady: { type: 'string', default: '5' },
      backend: { type: 'string', default: 'auto' },
      models: { type: 'string', default: MODELS.join() }
    }
  });
  const rounds = Number(values.rounds);
  const suites = {
    reference: () => benchReference({ rounds, steady: Number(values.steady), backend: values.backend }),
    engine: () => benchEngine({ rounds: 2 * rounds, models: values.models.split(',') })
  };
  if (values.suite !== undefined && !(values.suite in suites)) {
    throw new Error(`--suite is “${values.suite}”, but takes ${Object.keys(suites).join(' or ')}.`);
  }
  for (const name of values.suite ? [values.suite] : Object.keys(suites)) {
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
