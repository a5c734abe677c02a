import { type ServedFile, TornFileError } from '../../../delivery/served-file';
import type { EngineClient } from '../../../engine/page/client';
import type { Progress } from '../../../engine/protocol/protocol';
import type { ModelSummary } from '../../../graph/layer-info';
import { fetched } from '../../../messages/fetched';
import { message, messageOf } from '../../../messages/message';
import { isSameFile } from '../../../mime/fingerprint';
import type { ModelFile, ModelPayload, StandIns } from '../../../mime/payload';
import { TimeLeft } from '../../progress/time-left';
import type { ModelShelf } from './model-shelf';

/** Milliseconds between two looks at the server for a changed file. */
const CHECK_PAUSE = 3000;

/** Times that a file is read again which was written meanwhile. */
const READ_AGAIN = 2;

export interface OpenerServices {
  locate(path: string): Promise<ServedFile>;
  /** Counts who uses which model, so that one nobody uses may be freed. */
  shelf: ModelShelf;
}

/** Opens the model file of one view, holds it while the view lives, and watches the file. */
export class ModelOpener {
  constructor(private services: OpenerServices) {}

  /** Identity of the file: a model saved again is still the same. Null before it is opened. */
  get place(): string | null {
    return this._place;
  }

  /** Opens the model of a payload, with the names of its classes where the payload asks for those that everybody has. */
  async openOf(
    payload: ModelPayload,
    engine: EngineClient,
    signal: AbortSignal,
    onProgress: (progress: Progress, secondsLeft: number | null) => void
  ): Promise<{ labels: string[] | null; model: ModelSummary }> {
    const opened = await this.open(payload.model, payload.layers ?? {}, engine, signal, onProgress);
    return namedByLabelSet(payload, opened);
  }

  async open(
    wanted: ModelFile,
    layers: StandIns,
    engine: EngineClient,
    signal: AbortSignal,
    onProgress: (progress: Progress, secondsLeft: number | null) => void
  ): Promise<ModelSummary> {
    // The view may have been closed while the engine started.
    signal.throwIfAborted();
    const read = (file: ServedFile) => this._read(file, layers, engine, signal, onProgress);
    for (let again = 0; ; again++) {
      const file = await this.services.locate(wanted.path);
      this._isMeant = false;
      try {
        const model = await read(file);
        if (wanted.fingerprint && !isSameFile(model.fingerprint, wanted.fingerprint)) {
          // The notebook may have been moved since its kernel started, and have another file of that name beside it.
          const meant = (await file.meant?.()) ?? null;
          const other = meant?.size === wanted.fingerprint.size ? await read(meant).catch(() => null) : null;
          this._isMeant = other !== null && isSameFile(other.fingerprint, wanted.fingerprint);
          if (meant && other) {
            this._letGo(this._isMeant ? model : other);
          }
          if (meant && other && this._isMeant) {
            return this._opened(meant, other);
          }
        }
        return this._opened(file, model);
      } catch (error) {
        if (!(error instanceof TornFileError) || again === READ_AGAIN) {
          throw error;
        }
      }
    }
  }

  private _opened(file: ServedFile, model: ModelSummary): ModelSummary {
    this._key = file.key;
    this._place = file.place;
    this._hold(model);
    return model;
  }

  private async _read(
    file: ServedFile,
    layers: StandIns,
    engine: EngineClient,
    signal: AbortSignal,
    onProgress: (progress: Progress, secondsLeft: number | null) => void
  ): Promise<ModelSummary> {
    signal.throwIfAborted();
    const left = new TimeLeft();
    this._key = file.key;
    // Read with other declarations it is another model.
    const declared = Object.keys(layers).length > 0 ? `#${JSON.stringify(layers)}` : '';
    const params = { model: file.key + declared, name: file.name, layers };
    return engine.open(params, file.stream(signal), {
      total: file.size ?? undefined,
      signal,
      sibling: sibling => file.sibling(sibling, signal),
      onProgress: progress =>
        onProgress(progress, progress.phase === 'read' ? left.update(progress.done, progress.total) : null)
    });
  }

  /** True if the file on the server is no longer the one that was read, or could not be; null when there is no telling, or it was asked a moment ago. */
  async isOutdated(path: string): Promise<boolean | null> {
    if (Date.now() - this._checked < CHECK_PAUSE) {
      return null;
    }
    this._checked = Date.now();
    try {
      const file = await this.services.locate(path);
      const read = this._isMeant ? ((await file.meant?.()) ?? null) : file;
      return read && read.key !== this._key;
    } catch {
      // A server that does not answer now is not a file that changed.
      return null;
    }
  }

  /** Lets go of the model. */
  dispose(): void {
    this._isDisposed = true;
    this._hold(null);
  }

  /** Frees a model that was opened and is not used, unless another view uses it. */
  private _letGo({ model, bytes }: ModelSummary): void {
    if (model !== this._held) {
      this.services.shelf.retain(model, bytes);
      this.services.shelf.release(model);
    }
  }

  private _hold(model: ModelSummary | null): void {
    const wanted = this._isDisposed ? null : model;
    if (wanted) {
      this.services.shelf.retain(wanted.model, wanted.bytes);
    }
    if (this._held !== null) {
      this.services.shelf.release(this._held);
    }
    this._held = wanted?.model ?? null;
  }

  private _place: string | null = null;
  /** Of the file that was read. */
  private _key: string | null = null;
  /** Key of the model that the shelf keeps for this view. */
  private _held: string | null = null;
  private _checked = 0;
  /** What was read is what the kernel knows by the name, not what the server does. */
  private _isMeant = false;
  private _isDisposed = false;
}

/** ImageNet's class names for a payload that asks for them; a notice in the model where it has another number of classes. */
export async function namedByLabelSet(
  payload: ModelPayload,
  model: ModelSummary
): Promise<{ labels: string[] | null; model: ModelSummary }> {
  if (!payload.labelSet) {
    return { labels: null, model };
  }
  let loaded;
  try {
    loaded = await fetched(import('../../../classes/imagenet-labels'));
  } catch (error) {
    // Numbers of classes do as well.
    return { labels: null, model: { ...model, notices: [...model.notices, messageOf(error)] } };
  }
  const { IMAGENET_LABELS } = loaded;
  const classes = model.outputs[0]?.shape.at(-1);
  if (classes === IMAGENET_LABELS.length) {
    return { labels: [...IMAGENET_LABELS], model };
  }
  const notice =
    classes === null || classes === undefined
      ? message('labels="imagenet" names 1,000 classes, but the model has another number: they are not named.')
      : message('labels="imagenet" names 1,000 classes, but the model has %1: they are not named.', classes);
  return { labels: null, model: { ...model, notices: [...model.notices, notice] } };
}
