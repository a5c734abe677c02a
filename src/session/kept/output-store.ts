import type { Kept } from '../../mime/kept';

/** The output of a view, as far as the view writes into it. */
export interface OutputStore {
  /** Its present contents. */
  read(): Kept;
  /** Its picture, base64 PNG; null if it has none. */
  picture(): string | null;
  /** True if its cell ran in this page: its picture is not yet that of the view. */
  readonly isFresh: boolean;
  /** Announces that something will be written: the notebook counts as changed from now on. */
  announce(): void;
  /** Replaces some of what is kept, and the picture, base64 PNG, where one is given. */
  write(kept: Kept, picture?: string): void;
}
