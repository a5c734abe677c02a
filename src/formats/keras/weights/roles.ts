/** Roles of a layer's weights. */
import { layerClass } from '../../../graph/classes';
import type { Attributes } from '../../../graph/model-graph';

/** Roles of the weights of a layer, in Keras' order. */
export const weightRoles = ({ op, attributes }: { op: string; attributes: Attributes }): string[] =>
  layerClass(op)?.weights?.(attributes) ?? [];

/** The role that the last part of a weight's name means. */
export function roleOfName(op: string, name: string): string {
  return op.startsWith('DepthwiseConv') && name === 'kernel' ? 'depthwise_kernel' : name;
}
