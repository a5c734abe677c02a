import { type Kept, readKept } from '../mime/kept';
import type { PageView } from '../mime/page-data';
import type { OutputStore } from '../session/kept/output-store';

/** What a view was when its page was written; what is done in the page is gone with it. */
export class PageStore implements OutputStore {
  constructor(private view: PageView) {}

  readonly isFresh = false;

  read(): Kept {
    return readKept(this.view.metadata);
  }

  picture(): string | null {
    return this.view.picture ?? null;
  }

  announce(): void {}

  write(): void {}
}
