/** The copied cell, run by Python, begins a view that is the one it was copied from. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { METHOD_NAMES } from '../../explain/vocabulary';
import { parsePayload } from '../../mime/parse';
import type { ModelPayload } from '../../mime/payload';
import { fromJSON } from '../../state/defaults';
import { WHOLE_VIEW } from '../../state/testing/whole-view';
import type { ViewState, ViewStateJSON } from '../../state/view-state';
import { DEFAULT_STATE } from '../../state/vocabulary';
import { linksBeside } from './link-group';
import { pythonCode } from './python-code';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const python = process.env.GRADLENS_PYTHON ?? `${root}.venv/bin/python`;

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gradlens-code-'));
  mkdirSync(join(folder, 'snaps'));
  for (const file of ['tank.h5', 'b.h5', 'c.h5', 'snaps/epoch-0001.keras', 'snaps/epoch-0002.keras']) {
    writeFileSync(join(folder, file), '');
  }
  const made = spawnSync(
    python,
    ['-c', 'from PIL import Image; [Image.new("RGB", (8, 6)).save(f"{n} ü.png") for n in "ab"]'],
    { cwd: folder, encoding: 'utf8' }
  );
  expect(made.stderr).toBe('');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs cells as a notebook would; the payloads of their last values. */
function run(cells: readonly string[]): ModelPayload[] {
  const script = [
    'import ast, json, sys',
    'for cell in json.load(sys.stdin):',
    '    body = ast.parse(cell).body',
    '    scope = {}',
    '    exec(compile(ast.Module(body[:-1], []), "cell", "exec"), scope)',
    '    print(json.dumps(eval(compile(ast.Expression(body[-1].value), "cell", "eval"), scope).payload))'
  ].join('\n');
  const { stdout, stderr } = spawnSync(python, ['-c', script], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, PYTHONPATH: root, PYTHONIOENCODING: 'utf8' },
    input: JSON.stringify(cells)
  });
  expect(stderr).toBe('');
  return stdout
    .trim()
    .split('\n')
    .map(line => parsePayload(JSON.parse(line)) as ModelPayload);
}

/** As widgets/live-views begins a view. */
const begun = ({ view }: ModelPayload, defaults: ViewStateJSON): ViewState =>
  fromJSON({ ...defaults, ...view, links: linksBeside(view) });

const payload: ModelPayload = {
  version: 1,
  kind: 'model',
  id: 'x',
  model: { path: 'tank.h5', name: 'tank.h5' },
  models: ['tank.h5', 'b.h5', 'c.h5'].map(path => ({ path, name: path })),
  images: [
    { name: 'a ü.png', picture: '' },
    { name: 'b ü.png', picture: '', truth: 1 }
  ],
  preprocess: { mean: [0.5], std: [0.25] },
  interpolation: 'nearest',
  labels: ['no "tank"', 'tank']
};

test('every property by itself, and all together, come back as they were', () => {
  const names = Object.keys(WHOLE_VIEW) as (keyof typeof WHOLE_VIEW)[];
  const asDefault = names.filter(name => JSON.stringify(WHOLE_VIEW[name]) === JSON.stringify(DEFAULT_STATE[name]));
  expect(asDefault).toEqual(['method']);
  const states: ViewState[] = [
    DEFAULT_STATE,
    { ...WHOLE_VIEW, cursor: null },
    ...names.map(name => ({ ...DEFAULT_STATE, [name]: WHOLE_VIEW[name] })),
    {
      ...DEFAULT_STATE,
      region: {
        kind: 'lasso',
        points: [
          [0, 0],
          [1, 0.5],
          [0.25, 1]
        ]
      }
    },
    ...METHOD_NAMES.map(method => ({ ...DEFAULT_STATE, method })),
    { ...DEFAULT_STATE, target: { layer: 'conv1', channel: null, area: [0, 1, 2, 3] } },
    { ...DEFAULT_STATE, target: { class: 1, pixels: 'predicted' }, outputAs: 'segmentation' },
    { ...DEFAULT_STATE, target: { class: 0, minus: 1, pixels: [0, 1, 2, 3] } },
    { ...DEFAULT_STATE, target: { class: 1, pixels: { shape: [2, 3], runs: [1, 4, 1] } } },
    { ...DEFAULT_STATE, target: { cell: [1, 2], channel: 7, negative: true } },
    { ...DEFAULT_STATE, range: 'symmetric', scope: 'layer', links: { range: 'unlinked' } }
  ];
  const payloads = run(states.map(state => pythonCode(payload, state)));
  payloads.forEach((made, i) => {
    expect(withLinks(begun(made, {})), names[i - 2]).toEqual(withLinks(states[i]));
    expect(made.images.map(({ name, path }) => [name, path])).toEqual([
      ['a ü.png', 'a ü.png'],
      ['b ü.png', 'b ü.png']
    ]);
    expect(made.images.map(({ truth }) => truth)).toEqual([undefined, 1]);
    expect([made.preprocess, made.interpolation, made.labels]).toEqual([
      payload.preprocess,
      payload.interpolation,
      payload.labels
    ]);
  });
});

test('epochs are their folder, and any of them may come first', () => {
  const models = [1, 2].map(epoch => ({ path: `snaps/epoch-000${epoch}.keras`, name: `snaps, epoch ${epoch}`, epoch }));
  const codes = [0, 1].map(model => pythonCode({ ...payload, models }, { ...DEFAULT_STATE, model }));
  expect(codes[1]).toContain('"snaps/",');
  expect(codes[1]).not.toContain('model_index');
  const made = run([...codes, pythonCode({ ...payload, models: undefined }, { ...DEFAULT_STATE, model: 2 })]);
  expect(made.map(({ view, model }) => [view?.model, model.path])).toEqual([
    [0, 'snaps/epoch-0001.keras'],
    [1, 'snaps/epoch-0002.keras'],
    [undefined, 'tank.h5']
  ]);
  expect(made[0].models?.map(({ name, epoch }) => ({ name, epoch }))).toEqual(
    models.map(({ name, epoch }) => ({ name, epoch }))
  );
});

test('what differs from the user’s settings is said, even where it is the default', () => {
  const settings: ViewStateJSON = {
    colormap: 'inferno',
    smooth: false,
    range: 'percentile',
    linkScope: 'none',
    opacity: 0.3
  };
  const [made] = run([pythonCode(payload, DEFAULT_STATE, settings)]);
  expect(withLinks(begun(made, settings))).toEqual(withLinks(DEFAULT_STATE));
});

test('a set of labels goes by its name', () => {
  const [made] = run([pythonCode({ ...payload, labels: undefined, labelSet: 'imagenet' }, DEFAULT_STATE)]);
  expect([made.labels, made.labelSet]).toEqual([undefined, 'imagenet']);
});

test('a cell of arrays is written with a variable, and runs where that is the arrays', () => {
  const cell = (images: string): string =>
    `import gradlens, numpy as np\nimages = np.zeros((50, 4, 4, 3), "uint8")\n${images}`;
  const begin = 'gradlens.show("tank.h5", images[10:50], y=[1] * 40, layer="conv4")';
  const [first] = run([cell(begin)]);
  expect(first.images.map(({ name }) => name)).toContain('image 40');
  const code = pythonCode(first, begun(first, {})).replace('images,', 'images[10:50],');
  const [again] = run([cell(code)]);
  expect([again.images, again.view]).toEqual([first.images, first.view]);
});

/** Links as they act: what is not named is linked. */
const withLinks = (state: ViewState): ViewState => ({
  ...state,
  links: Object.fromEntries(Object.entries(state.links).filter(([, mode]) => mode !== 'linked'))
});
