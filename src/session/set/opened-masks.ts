import { type ISignal, Signal } from '@lumino/signaling';
import type { ModelPayload, PayloadImage } from '../../mime/payload';
import type { PixelMask } from '../../state/view-state';
import type { ModelController } from '../model/model-controller';
import { oncePer } from '../view/once-per';

/** A mask, and what its file is called. */
export interface NamedMask {
  name: string;
  mask: PixelMask;
}

type Masked = Pick<ModelPayload, 'images' | 'mask'>;

/** Masks that were opened in a view, in place of those that its cell gave. */
export class OpenedMasks {
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Counts what was opened. */
  get revision(): number {
    return this._revision;
  }

  /**
   * Takes masks for the images that they are called like, `a.png` for `a.jpg`; a single one that is called
   * like none is for `shown`. Returns how many images have got one.
   */
  open(masks: readonly NamedMask[], images: readonly PayloadImage[], shown: number): number {
    const byName = new Map(masks.map(({ name, mask }) => [stemOf(name), mask]));
    const alike = images.filter(({ name }) => byName.has(stemOf(name)));
    alike.forEach(image => this._masks.set(image, byName.get(stemOf(image.name)) as PixelMask));
    const isForShown = alike.length === 0 && masks.length === 1 && shown in images;
    if (isForShown) {
      this._masks.set(images[shown], masks[0].mask);
    }
    this._revision++;
    this._changed.emit();
    return isForShown ? 1 : alike.length;
  }

  /** A payload's images with the masks opened for them, as of a revision: another may have others. */
  at(_revision: number, { images, mask }: Masked): Masked {
    const own = images.map(image => {
      const opened = this._masks.get(image);
      return opened ? { ...image, mask: opened } : image;
    });
    return { images: own, ...(mask ? { mask } : {}) };
  }

  private _masks = new WeakMap<PayloadImage, PixelMask>();
  private _revision = 0;
  private _changed = new Signal<this, void>(this);
}

const stemOf = (name: string): string => (name.split('/').pop() ?? name).replace(/\.[^.]*$/, '');

/** The masks opened in a view: they outlive the panels that measure in them. */
export const openedMasksOf = oncePer((_: ModelController) => new OpenedMasks());
