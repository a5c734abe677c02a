import { isSameFile } from '../../../mime/fingerprint';
import type { Fingerprint } from '../../../mime/payload';
import type { FileState } from '../explained';

/** Compares the file that was read with the one that the cell saw, or that the user took in its place. */
export class SeenFile {
  /**
   * @param _taken - Another file than the cell saw, that was taken before.
   * @param onTaken - Keeps what the user decided.
   */
  constructor(
    private _taken: Fingerprint | null,
    private onTaken: (file: Fingerprint) => void
  ) {}

  /** The file of which results may be shown; null where any may. */
  expected(seen: Fingerprint | undefined): Fingerprint | null {
    return this._taken ?? seen ?? null;
  }

  /** The user asks for the file as it is. */
  takeNext(): void {
    this._takes = true;
  }

  state(found: Fingerprint, seen: Fingerprint | undefined, before: FileState): FileState {
    if (!seen || isSameFile(found, seen)) {
      this._takes = false;
      return 'same';
    }
    if (this._takes) {
      this._takes = false;
      this._taken = found;
      this.onTaken(found);
    }
    if (this._taken && isSameFile(found, this._taken)) {
      return 'taken';
    }
    return before === 'declined' ? 'declined' : 'asked';
  }

  private _takes = false;
}
