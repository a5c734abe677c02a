/** Finds the weights of layers. */
import type { WeightRef } from '../../../graph/model-graph';
import type { LayerHome } from '../nodes/flat-node';

export interface WeightSource {
  /** The layer's weights by role; roles that the file lacks are absent. */
  find(home: LayerHome, op: string, roles: readonly string[]): Record<string, WeightRef>;
}
