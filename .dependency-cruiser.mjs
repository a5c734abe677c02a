/**
 * One way for data, and so for imports: file -> graph -> engine -> result -> view.
 * The rooms of src/ stand in the order in which they may be used: a room imports
 * rooms that stand before it, types included, and none that stand behind it.
 */

/** Each line may import itself and what stands above it. */
const ROOMS = [
  'messages',
  'explain',
  'perturb',
  'state',
  'mime',
  'graph',
  'formats/containers',
  'formats/keras/config',
  'formats/keras/nodes',
  'formats/keras/operators',
  'formats/keras/flatten',
  'formats/keras/weights',
  'formats/keras',
  'formats/tfjs',
  'formats',
  'engine/protocol',
  'engine/kernels',
  'engine/ops',
  'engine/plan',
  'engine/model',
  'engine/input',
  'engine/run',
  'engine/backend',
  'engine/worker',
  'engine/page',
  'results/tensors',
  'results',
  'delivery',
  'viewer/layout',
  'viewer/values',
  'viewer/color',
  'viewer/timing',
  'viewer/gl',
  'viewer/draw',
  'viewer/gestures',
  'viewer/export',
  'layers',
  'classes',
  'session/progress',
  'session/opened',
  'session/view',
  'session/kept',
  'session/model',
  'session/experiment',
  'session/set',
  'session/findings',
  'session/story',
  'session/models',
  'session',
  'session/python',
  'widgets/shared',
  'widgets/files',
  'widgets/plot',
  'widgets/help',
  'widgets/display',
  'widgets/export',
  'widgets/map',
  'widgets/grid',
  'widgets/classes',
  'widgets/set',
  'widgets/gallery',
  'widgets/segmentation',
  'widgets/experiment',
  'widgets/models',
  'widgets/trust',
  'widgets/channels',
  'widgets/sums',
  'widgets/story',
  'widgets/view',
  'widgets/present',
  'widgets/sidebar/structure',
  'widgets/sidebar',
  'widgets/tour',
  'widgets/opened',
  'widgets/output',
  'standalone',
  'plugins'
];

/** The files of a room itself, not of the rooms inside it that have a line of their own. */
const filesOf = room => {
  const inner = ROOMS.filter(other => other.startsWith(`${room}/`)).map(other => other.slice(room.length + 1));
  return `^src/${room}/${inner.length > 0 ? `(?!(?:${inner.join('|')})/)` : ''}`;
};

/** What runs only in tests may look anywhere. */
const TESTS = '\\.spec\\.tsx?$|/testing/';

export default {
  forbidden: [
    {
      name: 'no-circle',
      comment: 'Two files that import each other are one file, or lack a third that both import.',
      severity: 'error',
      from: {},
      to: { circular: true }
    },
    ...ROOMS.map((room, at) => ({
      name: `room-${room.replaceAll('/', '-')}`,
      comment: `src/${room}/ may import only rooms that stand before it in .dependency-cruiser.mjs.`,
      severity: 'error',
      from: { path: filesOf(room), pathNot: TESTS },
      to: {
        path:
          ROOMS.slice(at + 1)
            .map(filesOf)
            .join('|') || '^$'
      }
    })),
    {
      name: 'every-room-has-its-place',
      comment: 'A new folder of src/ needs a line in .dependency-cruiser.mjs.',
      severity: 'error',
      from: { path: '^src/[^/]+/', pathNot: `${ROOMS.map(filesOf).join('|')}|${TESTS}` },
      to: {}
    },
    {
      name: 'not-to-tests',
      comment: 'What ships must not import what exists for tests.',
      severity: 'error',
      from: { path: '^src/', pathNot: TESTS },
      to: { path: '\\.spec\\.tsx?$|^src/.*/testing/' }
    },
    {
      name: 'not-out-of-src',
      comment: 'The product stands on its own: conformance, bench and scripts use it, not the other way round.',
      severity: 'error',
      from: { path: '^src/', pathNot: TESTS },
      to: { path: '^(?:conformance|bench|ui-tests|scripts|examples|headless)/' }
    },
    {
      name: 'headless-stands-below',
      comment: 'headless/ runs the worker for conformance, bench, ui-tests and scripts, and uses none of them.',
      severity: 'error',
      from: { path: '^headless/' },
      to: { path: '^(?:conformance|bench|ui-tests|scripts)/' }
    },
    {
      name: 'not-unresolvable',
      comment: 'An import that leads nowhere.',
      severity: 'error',
      from: { path: '^src/' },
      to: { couldNotResolve: true }
    }
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(?:^|/)node_modules/|/assembly/|^(?:lib|\\.work|gradlens)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types']
    }
  }
};
