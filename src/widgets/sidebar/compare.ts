import { notebookOf } from '../../delivery/resolver';
import type { LayerInfo } from '../../graph/layer-info';
import { fetched } from '../../messages/fetched';
import type { ViewServices } from '../../session/services';
import type { ViewHandle } from '../../session/view-tracker';
import { LINK_NAMES } from '../../state/vocabulary';
import { shareEqually } from '../shared/equal-panes';

/**
 * Opens a second view of the same model and images beside the first, at another
 * layer. All else is linked: image, zoom, cursor, class, colours.
 */
export async function openComparison(view: ViewHandle, layer: LayerInfo, services: ViewServices): Promise<void> {
  const { controller, session, resolver } = view;
  if (!controller) {
    return;
  }
  const { createView } = await fetched(import('../view/view-widget'));
  const state = session.toJSON();
  // Only the layer is its own. What a payload says itself would begin unlinked.
  const links = {
    ...Object.fromEntries(LINK_NAMES.map(name => [name, 'linked' as const])),
    ...state.links,
    layer: 'unlinked' as const
  };
  const payload = {
    ...controller.payload,
    id: JSON.stringify([controller.payload.id, layer.id]),
    view: { ...state, layer: layer.id, channel: null, links }
  };
  const compared = createView(payload, resolver, services);
  const titled = (id: string): string => `${view.title} · ${id}`;
  services.openBeside(compared, titled(layer.id));
  // The tab is called by the layer that it shows now.
  const other = services.liveViews.of(payload.id, notebookOf(resolver))?.controller;
  other?.changed.connect(() => {
    compared.title.label = titled(other.snapshot.layer?.id ?? layer.id);
  });
  if (compared.parent) {
    shareEqually(compared.parent);
  }
}
