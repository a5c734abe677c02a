import { MessageError } from '../messages/message';

/** The reason that a file did not arrive: one sentence for the view. */
export class DeliveryError extends MessageError {
  override readonly name = 'DeliveryError';
}

/** A file that JupyterLab can give us; one read before may come from the browser's cache. */
export interface ServedFile {
  /** Same key, same bytes: made of place, size and time of change. */
  key: string;
  /** The file's address; it stays the same when the file is written again. */
  place: string;
  name: string;
  /** Bytes, or null where it is not said. */
  size: number | null;
  /** The bytes, in parts; goes on by itself after a lost connection. */
  stream(signal: AbortSignal): AsyncIterable<Uint8Array>;
  /** The bytes of a file by its path relative to this one's folder. */
  sibling(path: string, signal: AbortSignal): Promise<Uint8Array>;
  /** The first bytes, without the rest where the server serves ranges. */
  head(bytes: number, signal: AbortSignal): Promise<Uint8Array>;
}
