import { type ISignal, Signal } from '@lumino/signaling';
import * as React from 'react';
import { messageOf } from '../../messages/message';
import type { PayloadImage } from '../../mime/payload';
import type { Guess } from '../../results/predictions';
import type { Predicted } from './engine-requests';
import { feedingOf } from './feeding';
import type { ModelController } from './model-controller';

/** The predictions known for a view's images; replaced as a whole. */
export interface PredictionsNow {
  /** By image, in the payload's order; null where it is not known yet. */
  found: readonly (Guess | null)[];
  /** Number of those that are known. */
  done: number;
  /** `waiting` for what goes first, or at work; `stopped` by the user; `complete`. */
  phase: 'waiting' | 'stopped' | 'complete';
}

/** Wait after the view's last work, milliseconds: who goes through images wants their maps first. */
const CALM = 120;
/** A request should not take longer than this, milliseconds: what is asked meanwhile waits for it. */
const SLICE = 120;
const MOST_AT_ONCE = 32;

/** Predictions for all images of a view. Computed when the view itself has nothing to compute, and given up for that. */
export class Predictions {
  constructor(private controller: ModelController) {
    controller.changed.connect(this._onController, this);
    this._read();
    this._onController();
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get now(): PredictionsNow {
    return this._now;
  }

  stop(): void {
    this._isStopped = true;
    this._halt();
    this._read();
  }

  goOn(): void {
    this._isStopped = false;
    this._read();
    this._schedule();
  }

  dispose(): void {
    this._isStopped = true;
    this._halt();
    Signal.disconnectReceiver(this);
    Signal.clearData(this);
  }

  private _onController(): void {
    const { payload, snapshot } = this.controller;
    const key = feedingOf(this.controller);
    if (snapshot.model && key !== this._key) {
      this._key = key;
      this._found = new Map();
      this._halt();
      this._read();
    } else if (payload.images !== this._images) {
      this._read();
    }
    if (snapshot.busy) {
      this._halt();
    } else {
      this._schedule();
    }
  }

  private _schedule(): void {
    if (!this._abort && !this._isStopped) {
      clearTimeout(this._timer);
      this._timer = setTimeout(() => void this._compute(), CALM);
    }
  }

  private async _compute(): Promise<void> {
    const abort = (this._abort = new AbortController());
    for (let some = this._next(); some.length > 0 && this._mayWork(); some = this._next()) {
      const { found, milliseconds } = await this._ask(some, abort.signal);
      if (abort.signal.aborted) {
        return;
      }
      const fitting = Math.floor((SLICE * some.length) / milliseconds);
      this._atOnce = Math.max(1, Math.min(MOST_AT_ONCE, 2 * this._atOnce, fitting));
      some.forEach((image, i) => this._found.set(image, found[i]));
      this._read();
    }
    this._abort = null;
  }

  /** Never rejects: what goes wrong is told image by image. */
  private async _ask(images: readonly PayloadImage[], signal: AbortSignal): Promise<Predicted> {
    try {
      return await this.controller.predict(images, signal);
    } catch (error) {
      const problem = messageOf(error);
      return { found: images.map(() => ({ problem })), milliseconds: 1 };
    }
  }

  /** True if there is something to predict by, and the view has shown what it was asked for. */
  private _mayWork(): boolean {
    const { model, explained, busy, problem } = this.controller.snapshot;
    return model !== null && busy === null && (explained !== null || problem !== null);
  }

  /** The image in use and those behind it come first. */
  private _next(): PayloadImage[] {
    const { payload, session } = this.controller;
    const first = session.state.image;
    const images = [...payload.images.slice(first), ...payload.images.slice(0, first)];
    return images.filter(image => !this._found.has(image)).slice(0, this._atOnce);
  }

  private _halt(): void {
    clearTimeout(this._timer);
    this._abort?.abort();
    this._abort = null;
  }

  private _read(): void {
    this._images = this.controller.payload.images;
    const found = this._images.map(image => this._found.get(image) ?? null);
    const done = found.filter(prediction => prediction !== null).length;
    const phase = done === found.length ? 'complete' : this._isStopped ? 'stopped' : 'waiting';
    this._now = { found, done, phase };
    this._changed.emit();
  }

  private _images: readonly PayloadImage[] = [];
  private _found = new Map<PayloadImage, Guess>();
  private _now: PredictionsNow = { found: [], done: 0, phase: 'waiting' };
  /** Of what the predictions are. */
  private _key = '';
  private _atOnce = 1;
  private _isStopped = false;
  private _timer: ReturnType<typeof setTimeout> | undefined;
  private _abort: AbortController | null = null;
  private _changed = new Signal<this, void>(this);
}

interface Shared {
  predictions: Predictions;
  users: number;
}

/** A view and the sidebar show the same ones. */
const shared = new WeakMap<ModelController, Shared>();

function retain(controller: ModelController): Predictions {
  const entry = shared.get(controller) ?? { predictions: new Predictions(controller), users: 0 };
  entry.users++;
  shared.set(controller, entry);
  return entry.predictions;
}

function release(controller: ModelController): void {
  const entry = shared.get(controller);
  if (entry && --entry.users === 0) {
    entry.predictions.dispose();
    shared.delete(controller);
  }
}

/** The predictions of a view's images, as long as a component shows them; null where there is one image. */
export function usePredictions(controller: ModelController, images: number): Predictions | null {
  const [predictions, setPredictions] = React.useState<Predictions | null>(null);
  const isWanted = images > 1;
  React.useEffect(() => {
    if (!isWanted) {
      return;
    }
    setPredictions(retain(controller));
    return () => {
      setPredictions(null);
      release(controller);
    };
  }, [controller, isWanted]);
  return predictions;
}
