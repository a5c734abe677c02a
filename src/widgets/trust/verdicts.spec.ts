import { describe, expect, it } from 'vitest';
import type { Curves } from '../../explain/trust/curves';
import { layerInfo } from '../../graph/testing/layer-info';
import { english } from '../../messages/message';
import { advisedLayers } from './checks';
import { pointingVerdict } from './pointing-verdicts';
import { agreementVerdict, curveCaution, curveVerdict, randomisationVerdict } from './verdicts';

const curves = (deletion: number, insertion: number): Curves => ({
  fractions: [],
  deletion: { scores: [1, 0], area: deletion },
  insertion: { scores: [0, 1], area: insertion }
});

const stage = (rankOfSizes: number | null, layer = 'conv') => ({
  layers: [layer],
  rank: null,
  rankOfSizes,
  structure: null
});

describe('a verdict', () => {
  it.each([
    [curves(0.1, 0.8), 'good'],
    [curves(0.1, 0.5), 'doubtful'],
    [curves(0.4, 0.8), 'doubtful'],
    [curves(0.25, 0.55), 'bad'],
    [curves(0.19, 0.61), 'bad'],
    [curves(0.5, 0.2), 'bad']
  ])('of curves compares with every shuffled map', (map, grade) => {
    const shuffled = [curves(0.2, 0.6), curves(0.4, 0.5)];
    const verdict = curveVerdict({ kind: 'curves', convention: 'rise', map, shuffled });
    expect(verdict.grade).toBe(grade);
    expect(english(verdict.text)).toContain(map.deletion.area.toFixed(3));
  });

  it('of curves warns where there is next to nothing to lose or to win', () => {
    const findings = (deletion: number[], insertion: number[]) => ({
      kind: 'curves' as const,
      convention: 'rise' as const,
      map: {
        fractions: [0, 1],
        deletion: { scores: deletion, area: 0 },
        insertion: { scores: insertion, area: 0 }
      },
      shuffled: []
    });
    const of = (deletion: number[], insertion: number[]) => {
      const caution = curveCaution(findings(deletion, insertion));
      return caution && english(caution);
    };
    expect(of([0.9, 0.1], [0.2, 0.9])).toBeNull();
    expect(of([0.9, 0.1], [0.8, 0.9])).toContain('Insertion says little here');
    expect(of([0.9, 0.8], [0.1, 0.9])).toContain('Deletion says little here');
    // Then the verdict itself says so, and nothing else.
    expect(of([0.9, 0.8], [0.8, 0.9])).toBeNull();
    const verdict = curveVerdict(findings([0.9, 0.8], [0.8, 0.9]));
    expect(verdict.grade).toBe('doubtful');
    expect(english(verdict.text)).toMatch(
      /^Nothing to tell: .* scores 0\.800, not much less than the whole one \(0\.900\)/
    );
  });

  it.each([
    [[0.9, 0.1], 'good'],
    [[0.9, -0.2], 'good'],
    [[0.2, 0.4], 'doubtful'],
    [[0.2, 0.8], 'bad'],
    [[0.2, -0.8], 'bad'],
    [[0.2, null], 'doubtful']
  ])('of cascading weights %j is %s', (ranks, grade) => {
    const stages = ranks.map(rank => stage(rank));
    expect(randomisationVerdict({ kind: 'randomisation', order: 'cascading', stages })?.grade).toBe(grade);
  });

  it.each([
    // The first step may be alike: most of the model is as trained.
    [[0.9, 0.5, 0.1], 'good', null],
    [[0.43, 0.6, 0.02], 'good', null],
    [[0.43, null, 0.02], 'good', null],
    [[0.43, 0.6, 0.85, 0.02], 'doubtful', 'down to conv2 it is still nearly the same (0.850)'],
    [[0.43, 0.9, 0.7, 0.02], 'doubtful', 'down to conv1 it is still nearly the same (0.900)'],
    [[0.43, -0.7, 0.02], 'doubtful', 'down to conv1 it is still nearly the same (-0.700)'],
    [[0.43, 0.9, 0.8], 'bad', null]
  ])('of cascading weights %j looks at the way too: %s', (ranks, grade, said) => {
    const stages = ranks.map((rank, i) => ({ ...stage(rank), layers: ['head', `conv${i}`] }));
    const verdict = randomisationVerdict({ kind: 'randomisation', order: 'cascading', stages });
    expect(verdict?.grade).toBe(grade);
    expect(verdict && english(verdict.text)).toMatch(new RegExp(`^${grade}`, 'i'));
    expect(verdict && english(verdict.text)).toContain(said ?? '');
  });

  it('of independent weights names the layers that do not matter', () => {
    const of = (...ranks: (number | null)[]) =>
      randomisationVerdict({
        kind: 'randomisation',
        order: 'independent',
        stages: ranks.map((rank, i) => stage(rank, `conv${i}`))
      });
    expect(of(0.2, 0.1, null)?.grade).toBe('good');
    expect(of(0.9, 0.9)?.grade).toBe('bad');
    const some = of(0.2, 0.95, 0.1);
    expect(some?.grade).toBe('doubtful');
    expect(some && english(some.text)).toContain('learnt: conv1.');
    expect(of()).toBeNull();
  });

  it('of agreement takes the mean over the other methods', () => {
    const of = (...own: (number | null)[]) =>
      agreementVerdict(
        {
          kind: 'agreement',
          methods: ['saliency', 'grad-cam', 'occlusion'],
          grid: [2, 2],
          correlations: [1, 0, 0, ...own, 0, 0, 1],
          problems: {}
        },
        'grad-cam'
      )?.grade;
    expect(of(0.7, 1, 0.9)).toBe('good');
    expect(of(0.3, 1, 0.5)).toBe('doubtful');
    expect(of(-0.5, 1, 0.5)).toBe('bad');
    expect(of(null, 1, 0.7)).toBe('good');
    expect(of(null, 1, null)).toBeUndefined();
  });

  it('of agreement names the methods that a high mean hides, the farthest first', () => {
    const of = (...own: number[]) => {
      const verdict = agreementVerdict(
        {
          kind: 'agreement',
          methods: ['saliency', 'grad-cam', 'hires-cam', 'layer-cam'],
          grid: [2, 2],
          correlations: [1, 0, 0, 0, ...own, 0, 0, 1, 0, 0, 0, 0, 1],
          problems: {}
        },
        'grad-cam'
      );
      return verdict && english(verdict.text);
    };
    expect(of(0.8, 1, 0.49, 0.45)).toMatch(/^Doubtful: .*\(mean correlation 0\.580\)\.$/);
    expect(of(0.99, 1, 0.55, 0.45)).toBe(
      'Good: Grad-CAM ranks the cells much as the other 3 methods do (mean correlation 0.663), least with Layer-CAM, 0.450; HiResCAM, 0.550.'
    );
    expect(of(0.99, 1, 0.7, 0.65)).toMatch(/\(mean correlation 0\.780\)\.$/);
  });

  it.each([
    [true, 0.5, 'good'],
    [true, 0.1, 'doubtful'],
    [false, 0.5, 'doubtful'],
    [false, 0.1, 'bad']
  ])('of pointing asks for the maximum and the share', (hit, share, grade) => {
    expect(pointingVerdict({ hit, share, area: 0.2 })?.grade).toBe(grade);
  });
});

it('advises on the layer shown and the last of each size', () => {
  const layer = (id: string, side: number, explainable = true) =>
    layerInfo(id, { outputShape: [side, side, 3], explainable });
  const layers = [layer('a', 8), layer('b', 8), layer('c', 4), layer('d', 4), layer('e', 2), layer('f', 1, false)];
  expect(advisedLayers(layers, 'c')).toEqual(['c', 'e', 'd']);
  expect(advisedLayers(layers, 'f')).toEqual(['e', 'd', 'b']);
});
