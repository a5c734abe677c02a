import { modelName } from '../delivery/model-name';
import { DeliveryError, type ServedFile } from '../delivery/served-file';
import { message } from '../messages/message';
import { decodeBase64 } from '../mime/base64';
import type { PageFile } from '../mime/page-data';

/** The files that a page carries: base64 in elements of their own, a few MB each, so that no decoding takes long. */
export class PageFiles {
  constructor(
    private files: readonly PageFile[],
    private document: Pick<Document, 'querySelectorAll'>
  ) {}

  /** @throws DeliveryError with one readable sentence. */
  locate(path: string): ServedFile {
    const index = this.files.findIndex(file => file.path === path);
    if (index < 0) {
      throw new DeliveryError(
        message('This page does not carry the file “%1”: export it with model=True to compute in it.', modelName(path))
      );
    }
    const { size } = this.files[index];
    return {
      key: `page|${path}`,
      place: `page|${path}`,
      name: modelName(path),
      size,
      stream: signal => this.stream(index, signal),
      sibling: async sibling => this.read(path.slice(0, path.lastIndexOf('/') + 1) + sibling),
      head: async (bytes, signal) => {
        for await (const part of this.stream(index, signal)) {
          return part.slice(0, bytes);
        }
        return new Uint8Array();
      }
    };
  }

  /** Reads a file whole. */
  async read(path: string): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    for await (const part of this.locate(path).stream(new AbortController().signal)) {
      parts.push(part);
    }
    return new Uint8Array(await new Blob(parts as BlobPart[]).arrayBuffer());
  }

  private async *stream(index: number, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    for (const part of this.document.querySelectorAll(`script[data-gradlens-file="${index}"]`)) {
      signal.throwIfAborted();
      yield await decodeBase64(part.textContent ?? '');
    }
  }
}
