/** Masks by the version of Keras that wrote the file. */
import { describe, expect, it } from 'vitest';
import { english } from '../../../messages/message';
import type { FlatNode } from './flat-node';
import { withMasks } from './masks';

const node = (id: string, op: string, inputs: string[], attributes: FlatNode['attributes'] = {}): FlatNode => ({
  id,
  op,
  className: op,
  attributes,
  inputs: inputs.map(input => ({ node: input, output: 0 })),
  home: {
    names: [id],
    storage: id,
    spec: {
      name: id,
      registered: null,
      className: op,
      storage: id,
      config: {},
      buildInputShape: null,
      calls: [],
      model: null,
      isOperator: false,
      custom: null
    }
  },
  problem: null,
  knownShape: null
});

const behindWords = (op: string, isMasked = true): FlatNode[] => [
  node('text', 'InputLayer', []),
  node('words', 'Embedding', ['text'], { mask_zero: isMasked }),
  node('heads', op, ['words', 'words', 'words'])
];

const problemsBy = (isBeforeMasks: boolean, nodes: FlatNode[]): string[] =>
  withMasks(nodes, { isByKeras2: true, isBeforeMasks }).flatMap(({ problem }) => (problem ? [english(problem)] : []));

describe('attention behind a mask', () => {
  it('is refused of several heads before Keras 2.10, which does not read the mask', () => {
    expect(problemsBy(true, behindWords('MultiHeadAttention'))).toEqual([
      'is called on steps of which a mask says that some are padding, which Keras before 2.10 does not leave out, but later ones do'
    ]);
  });

  it('runs by later versions, without a mask, and of one head', () => {
    expect(problemsBy(false, behindWords('MultiHeadAttention'))).toEqual([]);
    expect(problemsBy(true, behindWords('MultiHeadAttention', false))).toEqual([]);
    expect(problemsBy(true, behindWords('Attention'))).toEqual([]);
  });
});
