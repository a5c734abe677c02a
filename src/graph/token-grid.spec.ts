import { describe, expect, it } from 'vitest';
import type { GraphNode, Shape } from './model-graph';
import { tokenGrids, tokensAsImage } from './token-grid';

function node(id: string, op: string, inputs: string[], outputShape: Shape): GraphNode {
  return {
    id,
    op,
    className: op,
    attributes: {},
    inputs: inputs.map(from => ({ node: from, output: 0 })),
    weights: {},
    outputShape
  };
}

const gridsOf = (...nodes: GraphNode[]) => Object.fromEntries(tokenGrids({ nodes }));

describe('tokenGrids', () => {
  it('follows the tokens of an image that is not square', () => {
    const grids = gridsOf(
      node('image', 'InputLayer', [], [null, 32, 24, 3]),
      node('patches', 'Conv2D', ['image'], [null, 4, 3, 8]),
      node('tokens', 'Reshape', ['patches'], [null, 12, 8]),
      node('norm', 'LayerNormalization', ['tokens'], [null, 12, 8]),
      node('mean', 'GlobalAveragePooling1D', ['norm'], [null, 8]),
      node('class', 'Reshape', ['mean'], [null, 1, 8]),
      node('first', 'Concatenate', ['class', 'norm'], [null, 13, 8]),
      node('last', 'Concatenate', ['norm', 'class'], [null, 13, 8])
    );
    const grid = { height: 4, width: 3 };
    expect(grids).toEqual({
      tokens: { ...grid, classToken: null },
      norm: { ...grid, classToken: null },
      first: { ...grid, classToken: 0 },
      last: { ...grid, classToken: 12 }
    });
  });

  it('takes square numbers of tokens for squares where the image has other cells', () => {
    const grids = gridsOf(
      node('image', 'InputLayer', [], [null, 32, 32, 3]),
      node('tokens', 'Reshape', ['image'], [null, 16, 192]),
      node('with_class', 'Concatenate', ['tokens'], [null, 17, 192])
    );
    expect(grids.tokens).toEqual({ height: 4, width: 4, classToken: null });
    expect(grids.with_class).toEqual({ height: 4, width: 4, classToken: 0 });
  });

  it('leaves signals alone', () => {
    expect(
      gridsOf(node('signal', 'InputLayer', [], [null, 64, 1]), node('conv', 'Conv1D', ['signal'], [null, 64, 8]))
    ).toEqual({});
  });
});

describe('tokensAsImage', () => {
  it.each([
    [null, [0, 1, 2, 3, 4, 5, 6, 7]],
    [0, [2, 3, 4, 5, 6, 7, 8, 9]],
    [4, [0, 1, 2, 3, 4, 5, 6, 7]]
  ])('leaves the class token %s out', (classToken, expected) => {
    const tokens = classToken === null ? 4 : 5;
    const data = Float32Array.from({ length: 2 * tokens * 2 }, (_, i) => i);
    const image = tokensAsImage(data, [2, tokens, 2], { height: 2, width: 2, classToken });
    expect(image.shape).toEqual([2, 2, 2, 2]);
    expect([...image.data.subarray(0, 8)]).toEqual(expected);
    expect([...image.data.subarray(8)]).toEqual(expected.map(value => value + tokens * 2));
  });
});
