import { message, MessageError } from '../messages/message';

/** The reason that a file did not arrive: one sentence for the view. */
export class DeliveryError extends MessageError {
  override readonly name = 'DeliveryError';
}

/** The file became another one while it was being read: its parts are of two. */
export class TornFileError extends DeliveryError {
  constructor(name: string) {
    super(message('“%1” changed while it was being read. Press Try again to read the new one.', name));
  }
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
  /** When it was last written, in milliseconds since 1970; absent where it is not said. */
  changed?: number;
  /** The file that the kernel knows by this name, where that is another; null where it is this one, or the kernel cannot say. */
  meant?(): Promise<ServedFile | null>;
  /** The bytes, in parts; goes on by itself after a lost connection. */
  stream(signal: AbortSignal): AsyncIterable<Uint8Array>;
  /** The bytes of a file by its path relative to this one's folder. */
  sibling(path: string, signal: AbortSignal): Promise<Uint8Array>;
  /** The first bytes, without the rest where the server serves ranges. */
  head(bytes: number, signal: AbortSignal): Promise<Uint8Array>;
}
