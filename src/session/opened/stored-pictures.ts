/**
 * Pictures of a tab that no server has: dropped, pasted or taken by a camera.
 * The browser keeps them (IndexedDB), so that a reload of the page loses nothing.
 */
import type { PayloadImage } from '../../mime/payload';

const DATABASE = 'gradlens';
const STORE = 'pictures';

/** Base64 characters that one tab may keep. */
export const MOST_OF_A_TAB = 16_000_000;
/** Tabs whose pictures are kept; those saved longest ago go first. */
export const MOST_TABS = 8;

interface Entry {
  tab: string;
  /** Milliseconds since 1970. */
  saved: number;
  pictures: readonly PayloadImage[];
}

export class KeptPictures {
  /** @param scope - What tells this Jupyter server from others at the same address: its base URL. */
  constructor(private scope: string) {}

  /** The pictures of a tab in their order; empty if none were kept. */
  async load(tab: string): Promise<readonly PayloadImage[]> {
    const entry = await this._do('readonly', store => store.get(this._key(tab)) as IDBRequest<Entry | undefined>);
    return entry?.pictures ?? [];
  }

  /**
   * Keeps the pictures of a tab in place of those kept before; none at all when
   * they exceed {@link MOST_OF_A_TAB}.
   *
   * @throws DOMException when the browser does not let pages keep anything.
   */
  async save(tab: string, pictures: readonly PayloadImage[]): Promise<void> {
    const size = pictures.reduce((sum, { picture }) => sum + picture.length, 0);
    if (pictures.length === 0 || size > MOST_OF_A_TAB) {
      return this.forget(tab);
    }
    const entry: Entry = { tab: this._key(tab), saved: Date.now(), pictures };
    await this._do('readwrite', store => store.put(entry));
    // Newest first, by keys alone: no picture is read for this.
    let count = 0;
    await this._do('readwrite', store => {
      const request = store.index('saved').openKeyCursor(null, 'prev');
      request.onsuccess = () => {
        const cursor = request.result;
        if (cursor) {
          if (++count > MOST_TABS) {
            store.delete(cursor.primaryKey);
          }
          cursor.continue();
        }
      };
      return request;
    });
  }

  /** Forgets the pictures of a tab, kept or not. */
  async forget(tab: string): Promise<void> {
    await this._do('readwrite', store => store.delete(this._key(tab)));
  }

  private _key(tab: string): string {
    return `${this.scope}|${tab}`;
  }

  /** Runs one transaction and closes the database: nothing is held between. */
  private async _do<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    const database = await open();
    try {
      const transaction = database.transaction(STORE, mode);
      const request = work(transaction.objectStore(STORE));
      await new Promise<void>((resolve, reject) => {
        transaction.oncomplete = () => resolve();
        transaction.onerror = transaction.onabort = () => reject(transaction.error);
      });
      return request.result;
    } finally {
      database.close();
    }
  }
}

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(STORE, { keyPath: 'tab' }).createIndex('saved', 'saved');
  };
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
