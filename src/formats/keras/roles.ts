/** Which weights a layer has: their roles, in the order in which Keras stores them. */
import type { Config } from './json';

/** Roles of the weights of a layer of class `op`, in Keras' order. */
export function weightRoles(op: string, attributes: Config): string[] {
  const bias = attributes.use_bias === false ? [] : ['bias'];
  switch (op) {
    case 'Conv1D':
    case 'Conv2D':
    case 'Conv1DTranspose':
    case 'Conv2DTranspose':
    case 'Dense':
      return ['kernel', ...bias];
    case 'DepthwiseConv1D':
    case 'DepthwiseConv2D':
      return ['depthwise_kernel', ...bias];
    case 'SeparableConv1D':
    case 'SeparableConv2D':
      return ['depthwise_kernel', 'pointwise_kernel', ...bias];
    case 'BatchNormalization':
      return [...scaleAndCenter(attributes), 'moving_mean', 'moving_variance'];
    case 'LayerNormalization':
      return scaleAndCenter(attributes);
    case 'GroupNormalization':
      return scaleAndCenter(attributes);
    case 'RMSNormalization':
      return ['scale'];
    case 'Embedding':
      return ['embeddings'];
    case 'MultiHeadAttention':
      return ATTENTION_PARTS.flatMap(part => [`${part}_kernel`, ...bias.map(role => `${part}_${role}`)]);
    case 'Normalization':
      return attributes.mean === null || attributes.mean === undefined ? ['mean', 'variance', 'count'] : [];
    case 'PReLU':
      return ['alpha'];
    case 'LayerScale':
      return ['gamma'];
    default:
      return [];
  }
}

function scaleAndCenter(attributes: Config): string[] {
  return [...(attributes.scale === false ? [] : ['gamma']), ...(attributes.center === false ? [] : ['beta'])];
}

/** The layers inside MultiHeadAttention, each with a kernel and a bias. */
export const ATTENTION_PARTS: readonly string[] = ['query', 'key', 'value', 'output'];

/** The role that the last part of a weight's name means. */
export function roleOfName(op: string, name: string): string {
  return op.startsWith('DepthwiseConv') && name === 'kernel' ? 'depthwise_kernel' : name;
}
