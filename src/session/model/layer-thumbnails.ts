import { type ISignal, Signal } from '@lumino/signaling';
import * as React from 'react';
import type { LayerOverview, TensorData } from '../../engine/protocol/protocol';
import type { LayerInfo } from '../../graph/layer-info';
import type { Explained } from './explained';
import type { ModelController } from './model-controller';
import { mapsOf, sliceOf } from './slices';

/** The thumbnails in a layer's row. */
export interface Thumbnail {
  /** The explanation at the layer; null where it has none. */
  map: { data: Float32Array; width: number; height: number } | null;
  overview: LayerOverview | null;
}

/** Wait after the last change of what is in sight or explained, milliseconds: scrolling computes nothing. */
const CALM = 350;
/** Layers with more values are left out: reading them back would cost more than it shows. */
const MOST_VALUES = 1_500_000;

/**
 * The thumbnails of a model's layers for what is explained now. Only layers in
 * sight are computed, when all else is calm, and given up when the view computes.
 */
export class Thumbnails {
  constructor(private controller: ModelController) {
    controller.changed.connect(this._onController, this);
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get(layer: string): Thumbnail | null {
    return this._known.get(layer) ?? null;
  }

  /** Says which layers are in sight. */
  want(layers: readonly LayerInfo[]): void {
    this._wanted = layers;
    this._schedule();
  }

  dispose(): void {
    this._stop();
    Signal.clearData(this);
  }

  private _onController(): void {
    const { explained, busy } = this.controller.snapshot;
    if (busy) {
      this._stop();
      return;
    }
    if (keyOf(explained) !== this._key) {
      this._key = keyOf(explained);
      this._whole.clear();
      this._known.clear();
    }
    if (explained?.volume && explained.volume.at !== this._at) {
      this._whole.forEach((whole, id) => this._known.set(id, thumbnailOf(whole, explained)));
      this._at = explained.volume.at;
      this._changed.emit();
    }
    this._schedule();
  }

  private _schedule(): void {
    clearTimeout(this._timer);
    this._timer = setTimeout(() => void this._compute(), CALM);
  }

  private async _compute(): Promise<void> {
    const { explained, busy } = this.controller.snapshot;
    const layers = this._wanted.filter(layer => isSmall(layer) && !this._known.has(layer.id));
    if (!explained || busy || layers.length === 0 || this._abort) {
      return;
    }
    const abort = (this._abort = new AbortController());
    this._key = keyOf(explained);
    try {
      const { requests } = await this.controller.requests();
      const run = await requests.overview(explained, layers, abort.signal);
      for (const { id } of layers) {
        const whole = { map: run.maps[id], overview: run.overviews?.[id] };
        this._whole.set(id, whole);
        this._known.set(id, thumbnailOf(whole, this.controller.snapshot.explained ?? explained));
      }
      this._changed.emit();
    } catch (error) {
      if (!abort.signal.aborted) {
        // Thumbnails are an extra: what matters says so itself, in the view.
        layers.forEach(({ id }) => this._known.set(id, { map: null, overview: null }));
        console.warn('GradLens: the thumbnails of layers could not be computed.', error);
      }
    } finally {
      if (this._abort === abort) {
        this._abort = null;
      }
    }
    this._schedule();
  }

  private _stop(): void {
    clearTimeout(this._timer);
    this._abort?.abort();
    this._abort = null;
  }

  /** As computed, of all slices. */
  private _whole = new Map<string, Whole>();
  private _known = new Map<string, Thumbnail>();
  /** The slice that is known of, of volumes. */
  private _at = 0;
  private _wanted: readonly LayerInfo[] = [];
  private _key = '';
  private _timer: ReturnType<typeof setTimeout> | undefined;
  private _abort: AbortController | null = null;
  private _changed = new Signal<this, void>(this);
}

interface Whole {
  map?: TensorData;
  overview?: LayerOverview;
}

/** The part of a layer that is seen: of a volume, a slice. */
function thumbnailOf({ map, overview }: Whole, { volume }: Explained): Thumbnail {
  const seen = <T extends Parameters<typeof sliceOf>[0]>(maps: T): T =>
    volume ? sliceOf(maps, volume.at, volume.slices) : maps;
  const mean = overview && seen({ ...overview, data: overview.mean, channels: 1 });
  return {
    map: map ? seen(mapsOf(map)) : null,
    overview: overview && mean ? { ...overview, height: mean.height, mean: mean.data } : null
  };
}

const isSmall = (layer: LayerInfo): boolean =>
  layer.spatial &&
  layer.op !== 'InputLayer' &&
  layer.unsupported === null &&
  layer.outputShape.reduce<number>((product, size) => product * (size ?? 1), 1) <= MOST_VALUES;

/** A key that changes with all that thumbnails depend on: all that is explained but its layer. */
function keyOf(explained: Explained | null): string {
  if (!explained) {
    return '';
  }
  const { inputKey, method, score, run } = explained;
  return JSON.stringify([inputKey, method, score, run.targets[0]?.index]);
}

/** The thumbnails of a view's model, as long as a component shows them. */
export function useThumbnails(controller: ModelController): Thumbnails {
  const thumbnails = React.useMemo(() => new Thumbnails(controller), [controller]);
  React.useEffect(() => () => thumbnails.dispose(), [thumbnails]);
  return thumbnails;
}

export function useThumbnail(thumbnails: Thumbnails, layer: string | null): Thumbnail | null {
  const subscribe = React.useCallback(
    (listener: () => void) => {
      thumbnails.changed.connect(listener);
      return () => {
        thumbnails.changed.disconnect(listener);
      };
    },
    [thumbnails]
  );
  return React.useSyncExternalStore(subscribe, () => (layer === null ? null : thumbnails.get(layer)));
}
