/** HDF5 files in memory, read through h5wasm. */
import { Attribute, type Dataset, File, Group } from 'h5wasm';
import { type DType, ModelError, type WeightRef } from '../../graph/model-graph';
import { type Message, message, MessageError } from '../../messages/message';
import { heapsAreSound } from './hdf5-heaps';
import { guarded, type H5Module, isLibraryBroken, library, libraryGeneration } from './hdf5-module';
import { toFloat32 } from './numbers';

type Metadata = Dataset['metadata'];

let filesOpened = 0;

/** Bytes that the library may take besides what it copies of the file. */
const WORKSPACE = 64 * 1024 * 1024;

/** Attributes of 64 kB of which one list is put together: the names of a million weights. */
const MOST_PIECES = 1000;

/** Deflate, which chunks may be packed by, makes data at most about 1032 times smaller. */
const MOST_PACKED = 1100;

/** An open file. Its bytes are not copied: do not change them until {@link close}. */
export class Hdf5File {
  private file: File | null = null;
  private path = '';
  private generation = -1;

  private constructor(
    private module: H5Module,
    private bytes: Uint8Array | null,
    /** For messages. */
    readonly name: string
  ) {}

  /** Throws ModelError, also when the file is cut short. */
  static async open(bytes: Uint8Array, name: string): Promise<Hdf5File> {
    if (!heapsAreSound(bytes)) {
      throw new ModelError(damaged(name));
    }
    const opened = new Hdf5File(await library(), bytes, name);
    opened.current();
    return opened;
  }

  /** The file as the library has it, opened again where that was started afresh. */
  private current(): File {
    if (!this.bytes) {
      throw new ModelError(message('%1 was closed.', this.name));
    }
    if (isLibraryBroken()) {
      throw new ModelError(
        message(
          '%1 cannot be read at this moment, because the reader is starting again after a damaged file. Try again.',
          this.name
        ),
        false
      );
    }
    if (this.file && this.generation === libraryGeneration()) {
      return this.file;
    }
    const path = `/gradlens-${filesOpened++}.h5`;
    this.module.FS.createDataFile('/', path.slice(1), this.bytes, true, false, true);
    try {
      this.file = this.guarded(() => new File(path, 'r'));
    } catch (error) {
      if (!isLibraryBroken()) {
        this.module.FS.unlink(path);
      }
      throw error instanceof ModelError ? error : new ModelError(reasonNotOpened(error, this.name, this.bytes.length));
    }
    this.path = path;
    this.generation = libraryGeneration();
    return this.file;
  }

  private guarded<T>(call: () => T): T {
    return guarded(call, WORKSPACE + 2 * (this.bytes?.length ?? 0), () => new ModelError(damaged(this.name)));
  }

  /** Frees the bytes. Closing twice does no harm. */
  close(): void {
    const { file, path } = this;
    const open = this.bytes !== null && file !== null && this.generation === libraryGeneration() && !isLibraryBroken();
    this.bytes = null;
    this.file = null;
    if (!open) {
      return;
    }
    try {
      this.guarded(() => file.close());
    } catch {
      // A damaged file may not close; its bytes are freed all the same.
    }
    if (!isLibraryBroken()) {
      this.module.FS.unlink(path);
    }
  }

  /** Names in the group at `path`, or none if there is no such group. */
  keys(path: string): string[] {
    return this.attempt(file => new Group(file.file_id, path).keys(), []);
  }

  hasGroup(path: string): boolean {
    return this.attempt(file => file.get_type(path) === this.module.H5G_GROUP, false);
  }

  /** A string attribute, or null. */
  text(path: string, attribute: string): string | null {
    const found = this.attribute(path, attribute);
    const value = found && this.attempt(() => found.value, null);
    return typeof value === 'string' ? value : null;
  }

  /**
   * An attribute that is a list of strings. Lists over 64 kB are stored in
   * pieces `name0`, `name1`, …; an empty one is an array of doubles.
   */
  texts(path: string, name: string): string[] | null {
    const whole = this.attribute(path, name);
    if (whole) {
      return this.attempt(() => strings(whole), []);
    }
    const pieces: string[][] = [];
    for (;;) {
      const piece = this.attribute(path, `${name}${pieces.length}`);
      if (!piece) {
        return pieces.length ? pieces.flat() : null;
      }
      if (pieces.length === MOST_PIECES) {
        throw new ModelError(damaged(this.name));
      }
      pieces.push(this.attempt(() => strings(piece), []));
    }
  }

  /** The numeric data set at `path` as a weight called `name`, or null if there is none. */
  weight(path: string, name: string): WeightRef | null {
    const metadata = this.attempt(file => this.module.get_dataset_metadata(file.file_id, path), null);
    const dtype = metadata && dtypeOf(metadata);
    if (!metadata?.shape || !dtype) {
      return null;
    }
    const { stored } = dtype;
    const whole = <T>(take: (bytes: Uint8Array) => T): T => this.loaded(path, name, metadata, take);
    return {
      name,
      shape: metadata.shape,
      dtype: dtype.public,
      // The library has turned them into the machine's order, whichever the file has.
      read: () => whole(bytes => toFloat32(bytes, stored)),
      lend:
        stored === 'float32'
          ? take => whole(bytes => take(new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)))
          : undefined
    };
  }

  /** Gives `take` a data set's bytes, in the library's memory until it returns. */
  private loaded<T>(path: string, name: string, metadata: Metadata, take: (bytes: Uint8Array) => T): T {
    if (!this.bytes) {
      throw new ModelError(message('The weight %1 cannot be read any more: %2 was closed.', name, this.name));
    }
    const length = metadata.size * metadata.total_size;
    const file = this.current();
    let pointer = 0;
    try {
      try {
        if (length > this.bytes.length * (metadata.chunks ? MOST_PACKED : 1)) {
          throw new MessageError(message('larger than the file can hold'));
        }
        pointer = this.module._malloc(Math.max(length, 1));
        if (!pointer) {
          throw new MessageError(message('out of memory'));
        }
        this.guarded(() => this.module.get_dataset_data(file.file_id, path, null, null, null, BigInt(pointer)));
      } catch {
        throw new ModelError(
          message(
            'The weight %1 of %2 cannot be read: the file is damaged. Save or download it again.',
            name,
            this.name
          )
        );
      }
      return take(this.module.HEAPU8.subarray(pointer, pointer + length));
    } finally {
      if (pointer && !isLibraryBroken()) {
        this.module._free(pointer);
      }
    }
  }

  private attribute(path: string, name: string): Attribute | null {
    const found = this.attempt(file => new Attribute(file.file_id, path, name), null);
    // An attribute that claims to be larger than the file would fill the memory.
    return found && this.bytes && found.metadata.size * found.metadata.total_size <= this.bytes.length ? found : null;
  }

  /** Asks the library; returns `otherwise` if it throws (not there, or damaged). */
  private attempt<T>(find: (file: File) => T, otherwise: T): T {
    const file = this.current();
    try {
      return this.guarded(() => find(file));
    } catch (error) {
      if (error instanceof ModelError) {
        throw error;
      }
      return otherwise;
    }
  }
}

function strings(attribute: Attribute): string[] {
  const value = attribute.value;
  const texts = Array.isArray(value) ? value.filter(item => typeof item === 'string') : [];
  return attribute.metadata.vlen ? texts.map(utf8Of) : texts;
}

/** h5wasm gives the bytes of texts of variable length, each as a character. */
function utf8Of(bytes: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(
      Uint8Array.from(bytes, character => {
        const code = character.charCodeAt(0);
        if (code > 0xff) {
          throw new RangeError('It is text already.');
        }
        return code;
      })
    );
  } catch {
    return bytes;
  }
}

/** The type as the graph names it, and as the bytes hold it. */
function dtypeOf(metadata: Metadata): { public: DType; stored: string } | null {
  const { type, size, signed } = metadata;
  if (type === 5 && size === 2) {
    // h5py stores bfloat16, which it does not know, as two opaque bytes.
    return { public: 'float16', stored: 'bfloat16' };
  }
  const bits = size * 8;
  if (type === 1 && (bits === 16 || bits === 32 || bits === 64)) {
    return { public: `float${bits}`, stored: `float${bits}` };
  }
  if (type === 0 && [8, 16, 32, 64].includes(bits)) {
    const stored = `${signed ? 'int' : 'uint'}${bits}`;
    return { public: bits === 8 ? (signed ? 'int8' : 'uint8') : bits === 64 ? 'int64' : 'int32', stored };
  }
  // h5py stores booleans as an enumeration of one byte.
  return type === 8 && size === 1 ? { public: 'bool', stored: 'int8' } : null;
}

function reasonNotOpened(error: unknown, name: string, length: number): Message {
  const words = error instanceof Error ? error.message : String(error);
  const expected = /stored_eof = (\d+)/.exec(words);
  if (expected) {
    return message(
      '%1 is cut short: it says that it has %2 bytes, but there are only %3. Copy or download it again, or save the model again.',
      name,
      expected[1],
      length
    );
  }
  return damaged(name);
}

function damaged(name: string): Message {
  return message(
    '%1 is a damaged HDF5 file: it begins like one but cannot be opened. Save or download it again.',
    name
  );
}
