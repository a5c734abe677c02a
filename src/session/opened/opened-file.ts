import { labelFilesFor, parseLabels } from '../../classes/class-labels';
import type { FileServices } from '../../delivery/jupyter-file';
import { servedFile } from '../../delivery/jupyter-file';
import type { ServedFile } from '../../delivery/served-file';
import { isJson, reasonNotAModel, sniff } from '../../formats/sniff';
import type { Message } from '../../messages/message';

/** Enough for a signature behind one user block of HDF5, and for what sniffing looks at. */
const HEAD = 1024;

export type Inspection =
  | { kind: 'model'; file: ServedFile }
  /** Larger than the user wants to read unasked. */
  | { kind: 'large'; file: ServedFile; bytes: number }
  | { kind: 'no model'; message: Message };

/**
 * Looks at a file's first bytes and size, without reading it.
 *
 * @param limit - Bytes above which it should be asked before reading.
 * @throws DeliveryError
 */
export async function inspectFile(
  serverPath: string,
  services: FileServices,
  limit: number,
  signal: AbortSignal
): Promise<Inspection> {
  const file = await servedFile(serverPath, services);
  const head = await file.head(HEAD, signal);
  if (sniff(head) === 'other' && !(isJson(head) && file.name.endsWith('.json'))) {
    return { kind: 'no model', message: reasonNotAModel(head, file.name, null) };
  }
  return file.size !== null && file.size > limit ? { kind: 'large', file, bytes: file.size } : { kind: 'model', file };
}

/** Class names from a file beside the model, with the file's path; null when there is none. Never rejects. */
export async function findLabels(
  serverPath: string,
  { contents }: FileServices
): Promise<{ path: string; labels: string[] } | null> {
  const folder = serverPath.includes('/') ? serverPath.slice(0, serverPath.lastIndexOf('/')) : '';
  try {
    const listing = await contents.get(folder, { content: true });
    const there = new Set((listing.content as { path: string }[]).map(({ path }) => path));
    const path = labelFilesFor(serverPath).find(candidate => there.has(candidate));
    if (path === undefined) {
      return null;
    }
    const file = await contents.get(path, { type: 'file', format: 'text', content: true });
    return { path, labels: parseLabels(String(file.content), path) };
  } catch (error) {
    console.warn('GradLens: class names beside the model could not be read.', error);
    return null;
  }
}
