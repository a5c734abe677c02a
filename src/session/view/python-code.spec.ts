import { describe, expect, it } from 'vitest';
import type { ModelPayload } from '../../mime/payload';
import { DEFAULT_STATE } from '../../state/vocabulary';
import { perturbedCode, pythonCode } from './python-code';

const payload = (more: Partial<ModelPayload> = {}): ModelPayload => ({
  version: 1,
  kind: 'model',
  id: 'x',
  model: { path: 'models/tank.keras', name: 'tank.keras' },
  images: [{ name: 'a.png', picture: '' }],
  preprocess: null,
  interpolation: 'bilinear',
  ...more
});

describe('perturbedCode', () => {
  it('makes the picture with gradlens.perturb, and shows that', () => {
    const perturbation = { cover: { shape: [2, 2] as [number, number], runs: [0, 1, 3] }, fill: 'mean' as const };
    expect(perturbedCode(payload(), DEFAULT_STATE, { ...perturbation, blur: undefined })).toBe(
      [
        'import gradlens',
        '',
        'image = gradlens.perturb(',
        '    "a.png",',
        '    cover={"shape": [2, 2], "runs": [0, 1, 3]},',
        '    fill="mean",',
        ')',
        'gradlens.show(',
        '    "models/tank.keras",',
        '    image,',
        ')',
        ''
      ].join('\n')
    );
  });

  it('takes the image in use, and the cell’s own variable for an array', () => {
    const images = ['image 1', 'image 2'].map(name => ({ name, picture: '' }));
    const code = perturbedCode(payload({ images }), { ...DEFAULT_STATE, image: 1 }, { rotation: 5 });
    expect(code).toContain('gradlens.perturb(\n    images[1],  # as in your cell\n    rotation=5,\n)');
  });
});

describe('pythonCode', () => {
  it('is short for a view of defaults', () => {
    expect(pythonCode(payload(), DEFAULT_STATE)).toBe(
      'import gradlens\n\ngradlens.show(\n    "models/tank.keras",\n    "a.png",\n)\n'
    );
  });

  it('leaves masks to the variable of the cell', () => {
    const mask = { shape: [1, 2] as const, runs: [1, 1] };
    const line = '\n    mask=mask,  # as in your cell\n';
    expect(pythonCode(payload({ mask }), DEFAULT_STATE)).toContain(line);
    const images = [{ name: 'a.png', path: 'a.png', picture: '', mask }];
    expect(pythonCode(payload({ images }), DEFAULT_STATE)).toContain(line);
  });

  it('says what differs from the defaults, in show()’s words', () => {
    const code = pythonCode(
      payload({ preprocess: { mean: [0.5], std: [0.25] }, labels: ['a "b"', 'ü'], interpolation: 'nearest' }),
      { ...DEFAULT_STATE, layer: 'conv4', target: 0, method: 'layer-cam', opacity: 0.5 }
    );
    for (const line of [
      'layer="conv4"',
      'target=0',
      'method="layer-cam"',
      'opacity=0.5',
      'preprocess={"mean": [0.5], "std": [0.25]}',
      'interpolation="nearest"',
      'labels=["a \\"b\\"", "ü"]'
    ]) {
      expect(code).toContain(`    ${line},\n`);
    }
  });

  it('writes targets and conventions as Python does', () => {
    const state = {
      ...DEFAULT_STATE,
      target: { class: null, minus: 3, negative: true },
      convention: 'captum' as const
    };
    const code = pythonCode(payload(), state);
    expect(code).toContain('    target={"class": None, "minus": 3, "negative": True},\n    convention="captum",\n');
    expect(pythonCode(payload(), { ...state, method: 'occlusion' })).not.toContain('convention');
  });

  it('says what the images are, where that is known', () => {
    const [a, b] = ['a.png', 'b.png'].map(name => ({ name, picture: '' }));
    expect(pythonCode(payload({ images: [{ ...a, truth: 1 }] }), DEFAULT_STATE)).toContain('    y=1,\n');
    expect(pythonCode(payload({ images: [a, { ...b, truth: 0 }] }), DEFAULT_STATE)).toContain('    y=[None, 0],\n');
  });

  it('lists several images and says when they are not files', () => {
    const code = pythonCode(
      payload({
        images: [
          { name: 'a.png', picture: '' },
          { name: 'pasted image 1', picture: '' }
        ]
      }),
      DEFAULT_STATE
    );
    expect(code).toContain('["a.png", "pasted image 1"]');
    expect(code).toContain('# Images without');
  });

  it.each<[string, ModelPayload['images'], string]>([
    ['arrays', [1, 2].map(i => ({ name: `image ${i}`, picture: '', truth: i })), 'images'],
    ['an array', [{ name: 'image 1', picture: '' }], 'image'],
    [
      'a file among arrays',
      [
        { name: 'a.png', path: 'a.png', picture: '' },
        { name: 'image 2', picture: '' }
      ],
      'images'
    ],
    [
      'a file for one of several inputs',
      [{ name: 'a.png', path: 'a.png', picture: '', input: 'left', others: { right: { picture: '' } } }],
      'image'
    ]
  ])('puts a variable for %s, which no name says', (_, images, variable) => {
    const code = pythonCode(payload({ images, preprocess: 'scale' }), DEFAULT_STATE);
    expect(code).toContain(`    "models/tank.keras",\n    ${variable},  # as in your cell\n`);
    expect(code).toContain('    preprocess="scale",\n');
    expect(code).not.toMatch(/image \d|a\.png|clipboard/);
    expect(code.includes('y=[1, 2],')).toBe(images[0].truth !== undefined);
  });
});
