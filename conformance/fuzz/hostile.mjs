/** Model files made to exhaust or confuse, by kind: each `{ kind, what, name, make }`, `make` giving the bytes. */
import { strToU8, zipSync } from 'fflate';

const NAMES = Object.getOwnPropertyNames(Object.prototype);

const tensor = (layer, call = 0) => ({
  class_name: '__keras_tensor__',
  config: { shape: [null, 4], dtype: 'float32', keras_history: [layer, call, 0] }
});
const input = (shape = [null, 4], name = 'in') => ({
  class_name: 'InputLayer',
  name,
  config: { name, batch_shape: shape },
  inbound_nodes: []
});
const layer = (class_name, name, config, ...calls) => calledOn(class_name, name, config, calls);
const calledOn = (class_name, name, config, calls) => ({
  class_name,
  name,
  config: { name, trainable: true, ...config },
  inbound_nodes: calls.map(from => ({
    args: [from.length === 1 ? tensor(...from[0]) : from.map(at => tensor(...at))],
    kwargs: {}
  }))
});
const relu = (name, ...before) =>
  calledOn(
    'Activation',
    name,
    { activation: 'relu' },
    before.map(from => [[from]])
  );
const functional = (layers, output, name = 'model') => ({
  class_name: 'Functional',
  name,
  config: { name, layers, input_layers: [['in', 0, 0]], output_layers: [[output, 0, 0]] }
});
const row = (length, order = 1) => {
  const layers = Array.from({ length }, (_, i) => relu(`a${i}`, i ? `a${i - 1}` : 'in'));
  return functional([input(), ...(order > 0 ? layers : layers.reverse())], `a${length - 1}`);
};

/** As TensorFlow.js describes it. */
const tfjs = (topology, manifest = [{ paths: [], weights: [] }]) =>
  strToU8(JSON.stringify({ modelTopology: topology, weightsManifest: manifest }));
const keras = config => zipSync({ 'config.json': strToU8(config) }, { level: 6 });

/** Models inside each other, each called so often. */
function nested(levels, times) {
  let inner = relu('leaf', 'in');
  for (let level = 0; level < levels; level++) {
    const calls = Array.from({ length: times }, () => ({ args: [tensor('in')], kwargs: {} }));
    inner = {
      ...functional([input(), inner], level === 0 ? 'leaf' : `m${level - 1}`),
      name: `m${level}`,
      inbound_nodes: calls
    };
  }
  return functional([input(), inner], `m${levels - 1}`);
}

/** Pairs of branches that meet again: the ways through them double at each. */
function diamonds(count) {
  const layers = [];
  for (let i = 0; i < count; i++) {
    const before = i ? `j${i - 1}` : 'in';
    layers.push(relu(`a${i}`, before), relu(`b${i}`, before), layer('Add', `j${i}`, {}, [[`a${i}`], [`b${i}`]]));
  }
  return functional([input(), ...layers], `j${count - 1}`);
}

const SIZES = [0, -1, 0.5, 8.5, 1000, 20_000, 1e6, 1e9, 2 ** 31, 2 ** 53, 1e308, null, '4', [], {}];

/** Layers with a size among their arguments. */
const SIZED = {
  'an input': size => [input([null, size, size, 3])],
  UpSampling2D: size => [input([null, 32, 32, 3]), layer('UpSampling2D', 'x', { size: [size, size] }, [['in']])],
  ZeroPadding2D: size => [
    input([null, 32, 32, 3]),
    layer(
      'ZeroPadding2D',
      'x',
      {
        padding: [
          [size, size],
          [size, size]
        ]
      },
      [['in']]
    )
  ],
  Cropping2D: size => [
    input([null, 32, 32, 3]),
    layer(
      'Cropping2D',
      'x',
      {
        cropping: [
          [size, size],
          [0, 0]
        ]
      },
      [['in']]
    )
  ],
  MaxPooling2D: size => [
    input([null, 32, 32, 3]),
    layer('MaxPooling2D', 'x', { pool_size: [size, size], strides: [size, 1] }, [['in']])
  ],
  Resizing: size => [input([null, 32, 32, 3]), layer('Resizing', 'x', { height: size, width: size }, [['in']])],
  Reshape: size => [input([null, 32, 32, 3]), layer('Reshape', 'x', { target_shape: [size, 3] }, [['in']])],
  Permute: size => [input([null, 32, 32, 3]), layer('Permute', 'x', { dims: [size, 1, 2] }, [['in']])],
  RepeatVector: size => [input(), layer('RepeatVector', 'x', { n: size }, [['in']])],
  Dense: size => [input(), layer('Dense', 'x', { units: size, activation: 'relu' }, [['in']])],
  Conv2D: size => [
    input([null, 32, 32, 3]),
    layer('Conv2D', 'x', { filters: size, kernel_size: [size, size], strides: [size, 1] }, [['in']])
  ],
  Concatenate: size => [input(), layer('Concatenate', 'x', { axis: size }, [['in'], ['in']])],
  BatchNormalization: size => [input(), layer('BatchNormalization', 'x', { axis: size, epsilon: size }, [['in']])],
  LSTM: size => [input([null, 8, 4]), layer('LSTM', 'x', { units: size }, [['in']])],
  MultiHeadAttention: size => [
    input([null, 8, 4]),
    layer('MultiHeadAttention', 'x', { num_heads: size, key_dim: size }, [['in'], ['in']])
  ]
};

/** Damage to what a zip's directory claims: offset in an entry, value. */
const CLAIMS = [
  ['a size of 4 GB', 24, 0xffffffff],
  ['a size of 200 MB', 24, 200 * 2 ** 20],
  ['a packed size of 4 GB', 20, 0xffffffff],
  ['a start behind its end', 42, 0xfffffff0],
  ['another checksum', 16, 1]
];

function claiming(at, value) {
  const bytes = keras('{}');
  const entry = Buffer.from(bytes).indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
  new DataView(bytes.buffer, bytes.byteOffset).setUint32(entry + at, value, true);
  return bytes;
}

export function hostileFiles() {
  const files = [];
  const add = (kind, what, name, make) => files.push({ kind, what, name, make });
  const json = (kind, what, topology, manifest) => add(kind, what, 'model.json', () => tfjs(topology(), manifest));
  for (const n of [500, 600, 1e4, 1e6]) {
    add('lists inside each other', `${n} deep`, 'm.keras', () => keras('['.repeat(n) + ']'.repeat(n)));
    if (n <= 1e6) {
      add('objects inside each other', `${n} deep`, 'm.keras', () => keras('{"a":'.repeat(n) + '1' + '}'.repeat(n)));
      add('lists without an end', `${n} deep`, 'm.keras', () => keras('['.repeat(n)));
    }
  }
  for (const n of [1e4, 1e6]) {
    add('very many values', `${n} empty lists`, 'm.keras', () => keras(`[${'[],'.repeat(n)}0]`));
    add('very many numbers of Python', `${n} NaN`, 'm.keras', () => keras(`[${'NaN,'.repeat(n)}0]`));
    add('a long string', `${n} characters`, 'm.keras', () =>
      keras(
        `{"a":"${'"\\'
          .slice(1)
          .repeat(2)
          .repeat(n / 2)}","b":NaN}`
      )
    );
  }
  for (const n of [100, 1000, 5000, 20_000, 100_000]) {
    json('layers in a row', `${n}`, () => row(n));
    json('layers in a row, the last first', `${n}`, () => row(n, -1));
    json('a Sequential', `${n} layers`, () => ({
      class_name: 'Sequential',
      config: {
        name: 's',
        layers: [
          input(),
          ...row(n)
            .config.layers.slice(1)
            .map(one => ({ ...one, inbound_nodes: [] }))
        ]
      }
    }));
    json('layers in a circle', `${n}`, () =>
      functional([input(), ...Array.from({ length: n }, (_, i) => relu(`a${i}`, `a${(i + 1) % n}`))], 'a0')
    );
    json('a layer called often', `${n} times`, () =>
      functional(
        [
          input(),
          calledOn(
            'Activation',
            'a',
            { activation: 'relu' },
            Array.from({ length: n }, () => [['in']])
          )
        ],
        'a'
      )
    );
    json('branches that meet again', `${Math.ceil(n / 10)} times`, () => diamonds(Math.ceil(n / 10)));
    json('inputs of one layer', `${n}`, () =>
      functional(
        [
          input(),
          layer(
            'Add',
            'x',
            {},
            Array.from({ length: n }, () => ['in'])
          )
        ],
        'x'
      )
    );
    json('layers of one name', `${n}`, () =>
      functional([input(), ...Array.from({ length: n }, () => relu('a', 'in'))], 'a')
    );
  }
  for (const levels of [2, 8, 14, 20, 30, 32, 33, 100]) {
    for (const times of [1, 2, 3]) {
      json('models inside each other', `${levels} deep, each called ${times} times`, () => nested(levels, times));
    }
  }
  for (const name of NAMES) {
    json('names that objects have', `a layer ${name}`, () => functional([input(), relu(name, 'in')], name));
    json('names that objects have', `a class ${name}`, () =>
      functional([input(), layer(name, 'x', {}, [['in']])], 'x')
    );
    json('names that objects have', `an activation ${name}`, () =>
      functional([input(), layer('Activation', 'x', { activation: name }, [['in']])], 'x')
    );
    json('names that objects have', `a weight’s type ${name}`, () => row(2), [
      { paths: [], weights: [{ name: 'a', shape: [1], dtype: name }] }
    ]);
    json('names that objects have', `a weight ${name}`, () => row(2), [
      { paths: ['s.bin'], weights: [{ name, shape: [1], dtype: 'float32' }] }
    ]);
    json('names that objects have', `an argument ${name}`, () =>
      functional([input(), layer('Activation', 'x', JSON.parse(`{"activation":"relu","${name}":1}`), [['in']])], 'x')
    );
  }
  for (const [of, make] of Object.entries(SIZED)) {
    for (const size of SIZES) {
      json(`sizes of ${of}`, JSON.stringify(size), () => {
        const layers = make(size);
        return functional(layers, layers[layers.length - 1].name);
      });
    }
  }
  for (const size of SIZES) {
    json('sizes of a weight', JSON.stringify(size), () => row(2), [
      { paths: ['s.bin'], weights: [{ name: 'a', shape: [size, size], dtype: 'float32' }] }
    ]);
  }
  for (const n of [2, 1000]) {
    json('shards', `one named ${n} times`, () => row(2), [
      { paths: Array.from({ length: n }, () => 's.bin'), weights: [] }
    ]);
    json('shards', `${n} of them`, () => row(2), [
      { paths: Array.from({ length: n }, (_, i) => `s${i}.bin`), weights: [] }
    ]);
  }
  for (const path of [
    '../s.bin',
    '/s.bin',
    'https://host/s.bin',
    's3:x',
    'a/../../s.bin',
    '',
    '\u0000',
    '.'.repeat(1e6)
  ]) {
    json('shards', `at ${path.slice(0, 20)}`, () => row(2), [{ paths: [path], weights: [] }]);
  }
  for (const [what, at, value] of CLAIMS) {
    add('archives that claim', what, 'm.keras', () => claiming(at, value));
  }
  return files;
}
