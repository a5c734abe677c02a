import { needsLayer } from '../explain/kinds';
import type { MethodName } from '../explain/names';
import type { ModelSummary } from '../graph/layer-info';
import { findLayer } from './find-layer';

/** True where a method gives a map at a layer: those that need no layer give one at each. */
export function hasMapAt(model: ModelSummary, layer: string, method: MethodName): boolean {
  const found = findLayer(model, layer);
  return (found?.hasMap ?? found?.explainable ?? false) || !needsLayer(method);
}
