/**
 * npm test: sets everything up and passes every test.
 *
 * Runs all suites even when one fails, and ends with one line that counts them.
 *   npm test -- unit python …     only those
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { relative } from 'node:path';
import { findChromium } from '../headless/chromium.mjs';
import { jupyterBin, kerasBin, root, setup } from './setup.mjs';

const node = process.execPath;
const bin = name => `node_modules/.bin/${name}`;
const keras = { TF_CPP_MIN_LOG_LEVEL: '3' };

/** name -> the commands that must all succeed */
const suites = {
  lint: [[node, 'scripts/lint.mjs']],
  types: [
    [bin('tsc'), '-p', 'tsconfig.check.json'],
    [bin('tsc'), '-p', 'tsconfig.scripts.json']
  ],
  references: [
    [kerasBin('python'), 'conformance/readers/generate.py'],
    [kerasBin('python'), 'conformance/probes/generate.py'],
    [kerasBin('python'), 'conformance/ops/generate.py'],
    [kerasBin('python'), 'conformance/explain/generate.py'],
    [kerasBin('python'), 'conformance/explain/volumes.py'],
    [kerasBin('python'), 'conformance/explain/segmentation.py'],
    [kerasBin('python'), 'conformance/explain/cancelling.py'],
    [kerasBin('python'), 'conformance/perturb/generate.py'],
    [kerasBin('python'), 'conformance/explain/trust.py'],
    [kerasBin('python'), 'conformance/explain/channels.py'],
    [kerasBin('python'), 'conformance/explain/ascent.py'],
    [kerasBin('python'), 'conformance/explain/sums.py']
  ],
  unit: [
    // With coverage, which is printed at the end; nothing depends on it.
    [bin('vitest'), 'run', '--coverage'],
    [node, '--test', 'headless', 'conformance', 'bench', 'scripts/release', 'scripts/lite', 'scripts/manual']
  ],
  // Twice: without TensorFlow, as a kernel has it, and with live Keras models.
  python: [
    [jupyterBin('python'), '-m', 'pytest', '-q', 'gradlens'],
    [kerasBin('python'), '-m', 'pytest', '-q', 'gradlens']
  ],
  numbers: [
    [node, 'conformance/run.mjs', '--subset'],
    // A fixed seed: what it finds today it finds tomorrow. More of them: npm run conformance:random.
    [node, 'conformance/random.mjs', '--seed', '1', '--count', '100', '--fresh'],
    [node, '--test', 'conformance/explain.e2e.mjs']
  ],
  package: [[node, 'scripts/check-package.mjs']],
  ui: [[node, 'scripts/ui-tests.mjs', '--project=views']],
  'ui-models': [[node, 'scripts/ui-tests.mjs', '--project=models']],
  lite: [[node, 'scripts/lite.mjs', '--check']],
  // Its cells need Keras and the peers; its pictures and pages what was built.
  manual: [
    [kerasBin('python'), '-m', 'pytest', '-q', 'scripts/manual'],
    [node, 'scripts/manual/build.mjs']
  ],
  versions: [[node, 'scripts/test-versions.mjs']]
};

const wanted = process.argv.slice(2).filter(name => name in suites);
const names = wanted.length ? wanted : Object.keys(suites);

try {
  await setup(['jupyter', 'keras', 'demo-data', 'chromium', 'ui-tests']);
} catch (error) {
  console.error(`gradlens: ${error.message}`);
  process.exit(1);
}

const env = { ...process.env, ...keras, CHROMIUM: findChromium() };
/**
 * The suites one step after another; within a step, lanes side by side, each with its suites in order. A suite that
 * leaves a core idle for much of its time shares a step: lint beside TensorFlow, what waits for pages beside numbers.
 * `package` builds the extension again, so that nothing that serves it runs beside it.
 */
const STEPS = [
  [['references'], ['lint'], ['types']],
  [['unit']],
  [['python']],
  [['package']],
  // The environments of `lite` and `manual` are made by their own scripts: nothing else needs them.
  [['ui'], ['numbers', 'manual', 'versions', 'lite', 'ui-models']]
];

/** The last lines of a failed suite, printed once more at the end: of a long log, often only that is kept. */
const LAST_LINES = 40;
const failures = new Map();

const lineOf = command => command.map(part => (part.startsWith(root) ? relative(root, part) : part)).join(' ');

/** How many commands of a suite run side by side, where they are independent: TensorFlow's scripts use one core each. */
const WIDTHS = { references: 2 };

/**
 * Runs a suite's commands in order until one fails.
 * @param isLive Prints what they say while they say it; else, beside others, when they end.
 */
async function runSuite(name, isLive) {
  const left = [...suites[name]];
  const next = async isFirst => {
    while (left.length > 0 && !failures.has(name)) {
      await runCommand(name, left.shift(), isLive && isFirst);
    }
  };
  await Promise.all(Array.from({ length: WIDTHS[name] ?? 1 }, (_, lane) => next(lane === 0)));
}

async function runCommand(name, [command, ...args], isLive) {
  const title = `\n— ${name}: ${lineOf([command, ...args])}`;
  if (isLive) {
    console.log(title);
  }
  const started = Date.now();
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', text => {
      output += text;
      if (isLive) {
        process.stdout.write(text);
      }
    });
  }
  const [status] = await once(child, 'close');
  if (!isLive) {
    console.log(`${title}\n${output.trim()}`);
  }
  console.log(`— ${name}: ${status === 0 ? 'passed' : 'FAILED'} in ${((Date.now() - started) / 1000).toFixed(0)} s`);
  if (status !== 0) {
    failures.set(name, output.trimEnd().split('\n').slice(-LAST_LINES));
  }
}

for (const step of STEPS) {
  const lanes = step.map(lane => lane.filter(name => names.includes(name))).filter(lane => lane.length > 0);
  await Promise.all(
    lanes.map(async (lane, index) => {
      for (const name of lane) {
        await runSuite(name, index === 0);
      }
    })
  );
}
for (const [name, lines] of failures) {
  console.log(`\n— ${name} failed, and ended with:\n${lines.join('\n')}`);
}
const failed = [...failures.keys()];
console.log(`\nSuites: ${names.join(', ')}${failed.length ? `; failed: ${failed.join(', ')}` : ''}`);
console.log(`${names.length - failed.length} passed, ${failed.length} failed`);
process.exit(failed.length ? 1 : 0);
