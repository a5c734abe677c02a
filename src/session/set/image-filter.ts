import { type ISignal, Signal } from '@lumino/signaling';
import type { Verdict } from '../../classes/predicted';
import type { ModelController } from '../model/model-controller';
import { oncePer } from '../view/once-per';

/** A cell of the confusion matrix: the images of one class that are taken for the same or another one. */
export interface ImageFilter {
  truth: number;
  predicted: number;
}

/** Which images of a view its gallery shows: as long as the page is open. */
class Filtering {
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Null: all images. */
  get now(): ImageFilter | null {
    return this._now;
  }

  set now(filter: ImageFilter | null) {
    this._now = filter;
    this._changed.emit();
  }

  private _now: ImageFilter | null = null;
  private _changed = new Signal<this, void>(this);
}

export const passes = (filter: ImageFilter | null, { truth, predicted }: Verdict): boolean =>
  filter === null || (filter.truth === truth && filter.predicted === predicted);

export const filteringOf = oncePer((_: ModelController) => new Filtering());
