/** The method with which a view begins where nobody named one. */
import { needsLayer } from '../../explain/kinds';
import type { ModelSummary } from '../../graph/layer-info';
import { findLayer, firstUnits, layerOrDefault } from '../../layers/find-layer';
import type { ViewSession } from '../view/view-session';
import { usualMethod } from './usual-method';

/** The head names the method where nobody did; before the linked views are asked, which may show another. */
export function nameMethod(session: ViewSession, model: ModelSummary): void {
  const { layer, output, convention } = session.state;
  if (convention === null) {
    session.begin({ method: usualMethod(model, layerOrDefault(model, layer), output) });
  }
}

/** Without a layer that has places, as in a net of dense layers, only the input can be explained. */
export function chooseMethod(session: ViewSession, model: ModelSummary): void {
  const { layer, method } = session.state;
  const isChosen = layer !== null && findLayer(model, layer) !== null;
  if (model.defaultLayer === null && !isChosen && firstUnits(model) && needsLayer(method)) {
    session.begin({ method: 'saliency' });
    session.adopt({ method: 'saliency' });
  }
}
