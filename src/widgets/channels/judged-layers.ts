import type { HealthFindings } from '../../engine/protocol/health';
import { CHANNEL_KINDS, type ChannelKind, type LayerHealth } from '../../explain/channels/health';
import { isMessage } from '../../messages/message';

/** A layer's health, and how many channels are of each kind. */
export interface JudgedLayer extends LayerHealth {
  layer: string;
  counts: Record<ChannelKind, number>;
}

/** The layers that could be judged, in the order in which they run. */
export function judgedLayers({ layers }: Pick<HealthFindings, 'layers'>): JudgedLayer[] {
  return layers.flatMap(({ layer, health }): JudgedLayer[] => {
    if (isMessage(health)) {
      return [];
    }
    const counts = Object.fromEntries(
      CHANNEL_KINDS.map(kind => [kind, health.kinds.filter(one => one === kind).length])
    ) as JudgedLayer['counts'];
    return [{ ...health, layer, counts }];
  });
}
