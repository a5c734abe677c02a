/** What one view tells another of a different model, by names: layers and classes go by other numbers there. */
import { findLayer } from '../../layers/find-layer';
import type { ModelSummary } from '../../graph/layer-info';
import type { ModelPayload, PayloadImage } from '../../mime/payload';
import type { Target, ViewState } from '../../state/view-state';

/** What a view is about, as far as that decides which of its links mean something. */
export interface LinkSubject {
  /** Identity of the model, or null for a view without one. */
  model: string | null;
  /** The output that is explained where the state names none. */
  firstOutput?: string;
  /** The images among which it chooses. Views of one list share which is shown. */
  images?: () => readonly object[];
  /** The model's own name of a layer; null where it has none of that name. */
  layerOf?: (name: string) => string | null;
  /** Names of its classes, by index. */
  classes?: () => readonly string[] | undefined;
}

/** The subject of a model's view. */
export const subjectOf = (model: ModelSummary, place: string | null, payload: () => ModelPayload): LinkSubject => ({
  model: place,
  firstOutput: model.outputs[0]?.name,
  images: (): readonly PayloadImage[] => payload().images,
  layerOf: name => findLayer(model, name)?.id ?? null,
  classes: () => payload().labels
});

/** The changes of a view that mean something in a view of another model, in that one's words. */
export function byName(changes: Partial<ViewState>, from: LinkSubject, to: LinkSubject): Partial<ViewState> {
  // Channels have no names.
  const { layer, target, channel: _channel, pinned: _pinned, ...made } = changes;
  const found = layer && to.layerOf?.(layer);
  const explained = target === undefined ? undefined : targetByName(target, from, to);
  return {
    ...made,
    ...(found || layer === null ? { layer: found || null } : {}),
    ...(explained === undefined ? {} : { target: explained })
  };
}

/** Undefined where the other model has no class of that name. */
function targetByName(target: Target, from: LinkSubject, to: LinkSubject): Target | undefined {
  const indexOf = (index: number): number | undefined => {
    const name = from.classes?.()?.[index];
    const found = name === undefined ? -1 : (to.classes?.()?.indexOf(name) ?? -1);
    return found < 0 ? undefined : found;
  };
  if (target === null) {
    return null;
  }
  if (typeof target === 'number') {
    return indexOf(target);
  }
  if (!('class' in target)) {
    return undefined;
  }
  const index = target.class === null ? null : indexOf(target.class);
  const minus = target.minus === undefined ? undefined : indexOf(target.minus);
  const isFound = index !== undefined && (target.minus === undefined || minus !== undefined);
  return isFound ? { ...target, class: index, ...(minus === undefined ? {} : { minus }) } : undefined;
}
