import type { Contents } from '@jupyterlab/services';
import { type Message, messageOf } from '../../messages/message';
import type { PayloadImage } from '../../mime/payload';
import type { ModelController } from '../../session/model/model-controller';
import { listenForImages, readImages } from './image-sources';

/** Gives a view the pictures that are dropped, pasted or chosen for it. */
export class OfferedPictures {
  constructor(
    private contents: Contents.IManager,
    /** The view's controller, once pictures of before a reload are back; null once it is closed. */
    private controller: () => Promise<ModelController | null>,
    private changed: () => void
  ) {}

  /** Something that could be dropped is above the view. */
  isHovered = false;
  /** The problem with the last picture, or null. */
  trouble: Message | null = null;

  /** A picture is on its way. */
  get isReading(): boolean {
    return this._reading > 0;
  }

  /** Takes what is dropped on a node or pasted into it. Returns what stops that. */
  listen(node: HTMLElement): () => void {
    return listenForImages(
      node,
      images => void this.offer(readImages(images, this.contents)),
      isHovered => {
        if (isHovered !== this.isHovered) {
          this.isHovered = isHovered;
          this.changed();
        }
      }
    );
  }

  /** Adds pictures of the Jupyter server, by their paths. */
  explain(paths: readonly string[]): void {
    const images = paths.map(path => ({ path }));
    void this.offer(readImages(images, this.contents));
  }

  /** Adds pictures as soon as they are read and the model is there. */
  async offer(reading: Promise<PayloadImage[]>): Promise<void> {
    this.trouble = null;
    this._reading++;
    this.changed();
    try {
      const added = await reading;
      const controller = await this.controller();
      if (controller && !controller.isDisposed) {
        const before = controller.payload.images;
        void controller.revise({ images: [...before, ...added] });
        controller.session.update({ image: before.length });
      }
    } catch (error) {
      this.trouble = messageOf(error);
    } finally {
      this._reading--;
      this.changed();
    }
  }

  /** Takes the picture in use away. */
  remove(controller: ModelController): void {
    const { image } = controller.session.state;
    const images = controller.payload.images.filter((_, i) => i !== image);
    void controller.revise({ images });
    controller.session.update({ image: Math.max(0, Math.min(image, images.length - 1)) });
    this.changed();
  }

  /** Says what is wrong with a picture. */
  say(trouble: Message): void {
    this.trouble = trouble;
    this.changed();
  }

  private _reading = 0;
}
