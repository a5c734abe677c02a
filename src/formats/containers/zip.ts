/** Zip archives in memory: the directory first, entries on demand; stored entries are views of the bytes. */
import { inflateSync } from 'fflate';
import { ModelError } from '../../graph/model-graph';
import { message } from '../../messages/message';
import { crc32 } from './crc32';

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_ENTRY = 0x04034b50;
const STORED = 0;
const DEFLATED = 8;
/** Deflate cannot pack better than this. */
const DEFLATE_LIMIT = 1032;
/** The end record, with the longest comment that it can have. */
const END_SPAN = 22 + 0xffff;

interface Entry {
  method: number;
  packed: number;
  size: number;
  crc: number;
  offset: number;
}

export class ZipArchive {
  private entries = new Map<string, Entry>();
  private view: DataView;

  /** Throws ModelError if there is no directory, as in a file cut short. `name` is for messages. */
  constructor(
    private bytes: Uint8Array,
    private name: string
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.readDirectory();
  }

  get names(): string[] {
    return [...this.entries.keys()];
  }

  has(path: string): boolean {
    return this.entries.has(path);
  }

  /**
   * The entry's bytes: a view of the archive where it is stored. Throws ModelError, also if they are not what was packed,
   * or more than `most`.
   */
  read(path: string, most = Infinity): Uint8Array {
    const entry = this.entries.get(path);
    if (!entry) {
      throw new ModelError(message('%1 holds no %2.', this.name, path));
    }
    if (entry.size > most) {
      throw new ModelError(
        message(
          '%1 is no model that GradLens can read: %2 in it takes %3 MB unpacked, more than %4.',
          this.name,
          path,
          Math.ceil(entry.size / 2 ** 20),
          most / 2 ** 20
        )
      );
    }
    const bytes = this.unpacked(path, entry);
    if (crc32(bytes) !== entry.crc) {
      throw this.damaged(path);
    }
    return bytes;
  }

  private unpacked(path: string, entry: Entry): Uint8Array {
    const at = entry.offset;
    if (at + 30 > this.bytes.length || this.view.getUint32(at, true) !== LOCAL_ENTRY) {
      throw this.damaged(path);
    }
    const start = at + 30 + this.view.getUint16(at + 26, true) + this.view.getUint16(at + 28, true);
    const end = start + entry.packed;
    if (end > this.bytes.length) {
      throw this.damaged(path);
    }
    const packed = this.bytes.subarray(start, end);
    if (entry.method === STORED) {
      return packed;
    }
    if (entry.method !== DEFLATED) {
      throw new ModelError(
        message(
          '%1 packs %2 by a method that GradLens does not know (%3). Save the model again with Keras.',
          this.name,
          path,
          entry.method
        )
      );
    }
    if (entry.size > entry.packed * DEFLATE_LIMIT + 64) {
      throw this.damaged(path);
    }
    try {
      return inflateSync(packed, { out: new Uint8Array(entry.size) });
    } catch {
      throw this.damaged(path);
    }
  }

  private damaged(path: string): ModelError {
    return new ModelError(
      message('%1 is damaged: %2 in it cannot be read. Save or download it again.', this.name, path)
    );
  }

  private readDirectory(): void {
    const end = this.findEnd();
    if (end === null) {
      throw new ModelError(
        message(
          '%1 is cut short: it begins like a zip archive, as .keras files are, but its end is missing. Copy or download it again, or save the model again.',
          this.name
        )
      );
    }
    let at = this.view.getUint32(end + 16, true);
    const count = this.view.getUint16(end + 10, true);
    const decoder = new TextDecoder();
    for (let i = 0; i < count; i++) {
      if (at + 46 > this.bytes.length || this.view.getUint32(at, true) !== DIRECTORY_ENTRY) {
        throw new ModelError(
          message('%1 is damaged: its directory cannot be read. Save or download it again.', this.name)
        );
      }
      const [nameLength, extra, comment] = [28, 30, 32].map(field => this.view.getUint16(at + field, true));
      const path = decoder.decode(this.bytes.subarray(at + 46, at + 46 + nameLength));
      this.entries.set(path, {
        method: this.view.getUint16(at + 10, true),
        crc: this.view.getUint32(at + 16, true),
        packed: this.view.getUint32(at + 20, true),
        size: this.view.getUint32(at + 24, true),
        offset: this.view.getUint32(at + 42, true)
      });
      at += 46 + nameLength + extra + comment;
    }
  }

  private findEnd(): number | null {
    const last = this.bytes.length - 22;
    for (let at = last; at >= 0 && at > last - END_SPAN; at--) {
      if (this.view.getUint32(at, true) === END_OF_DIRECTORY) {
        return at;
      }
    }
    return null;
  }
}
