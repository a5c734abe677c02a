import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import { type Contents, ServerConnection } from '@jupyterlab/services';
import { type Message, message } from '../messages/message';
import { keptFile } from './cached-file';
import { copiedModel, modelName } from './model-name';
import { notebookOf } from './resolver';
import { ChangedFileError, resumableStream } from './resumable-stream';
import type { ServedFile } from './served-file';
import { DeliveryError, TornFileError } from './served-file';

export interface FileServices {
  contents: Contents.IManager;
  serverSettings: ServerConnection.ISettings;
  /** Bytes of model files that the browser may keep; 0: none. */
  keepBytes(): number;
}

const encodePath = (path: string): string => path.split('/').map(encodeURIComponent).join('/');

/** True of a path that leads out of the folder that is served: JupyterLab's resolver stops at it, at another file of that name. */
function leadsOut(path: string, resolver: IRenderMime.IResolver | null): boolean {
  const notebook = resolver === null ? '' : notebookOf(resolver);
  if (notebook === null) {
    return false; // how deep it begins is not known
  }
  let depth = notebook.split('/').filter(part => part !== '').length - (notebook === '' ? 0 : 1);
  return path.split('/').some(part => {
    depth += part === '..' ? -1 : part === '' || part === '.' ? 0 : 1;
    return depth < 0;
  });
}

/**
 * The path on the server of a file named relative to a notebook; null when it lies outside the folder that is served.
 */
export async function serverPathOf(path: string, resolver: IRenderMime.IResolver | null): Promise<string | null> {
  if (leadsOut(path, resolver)) {
    return null;
  }
  const urlPath = resolver ? await resolver.resolveUrl(encodePath(path)) : encodePath(path);
  const serverPath = decodeURIComponent(urlPath);
  return serverPath.split('/').includes('..') ? null : serverPath;
}

/**
 * Finds a file through JupyterLab's own services, so that base URL, token and
 * drives are right.
 *
 * @param serverPath - As JupyterLab's file browser names it.
 * @throws DeliveryError
 */
export async function servedFile(serverPath: string, services: FileServices): Promise<ServedFile> {
  const name = modelName(serverPath);
  let about: Contents.IModel;
  try {
    about = await services.contents.get(serverPath, { content: false });
  } catch (error) {
    throw new DeliveryError(describeFailure(error, name, serverPath));
  }
  if (about.type === 'directory') {
    throw new DeliveryError(
      message(
        '“%1” is a folder. GradLens reads a Keras model from one file: save it with model.save("name.keras") and name that file.',
        serverPath
      )
    );
  }
  const url = await services.contents.getDownloadUrl(serverPath);
  const request = async (range: string | null, signal: AbortSignal): Promise<Response> => {
    const headers: Record<string, string> = range === null ? {} : { Range: range };
    const response = await ask(url, { signal, cache: 'no-store', headers }, services.serverSettings);
    if (!response.ok) {
      throw new DeliveryError(describeFailure(new ServerConnection.ResponseError(response), name, serverPath));
    }
    return response;
  };
  const version = versionOf(about);
  const isStill = async (): Promise<boolean> =>
    versionOf(await services.contents.get(serverPath, { content: false })) === version;
  const changed = Date.parse(about.last_modified);
  const file: ServedFile = {
    key: `${serverPath}|${version}`,
    place: serverPath,
    name,
    size: about.size ?? null,
    ...(Number.isFinite(changed) ? { changed } : {}),
    stream: signal =>
      readable(
        whole(
          resumableStream((from, on) => request(from > 0 ? `bytes=${from}-` : null, on), signal),
          about.size ?? null,
          isStill
        ),
        name,
        signal
      ),
    sibling: (path, signal) => siblingOf(serverPath, path, services, signal),
    head: async (bytes, signal) => firstBytes(await request(`bytes=0-${bytes - 1}`, signal), bytes)
  };
  return keptFile(
    file,
    { place: services.serverSettings.baseUrl + serverPath, version },
    services.keepBytes(),
    isStill
  );
}

/**
 * Asks Jupyter's server as JupyterLab does. Other addresses are those of drives that keep files elsewhere, as JupyterLite
 * in the browser (`blob:`): they get neither the server's token nor a query that makes them others.
 */
function ask(url: string, init: RequestInit, settings: ServerConnection.ISettings): Promise<Response> {
  if (url.startsWith(settings.baseUrl)) {
    return ServerConnection.makeRequest(url, init, settings);
  }
  // What is in the browser is given whole: there is no connection to lose, and not every engine cuts it right.
  return fetch(url, /^https?:/.test(url) ? init : { signal: init.signal });
}

const versionOf = ({ size, last_modified }: Contents.IModel): string => `${size ?? ''}|${last_modified}`;

async function siblingOf(
  serverPath: string,
  path: string,
  services: FileServices,
  signal: AbortSignal
): Promise<Uint8Array> {
  const folder = serverPath.slice(0, serverPath.lastIndexOf('/') + 1);
  const file = await servedFile(folder + path, services);
  const parts: Uint8Array[] = [];
  for await (const part of file.stream(signal)) {
    parts.push(part);
  }
  return new Uint8Array(await new Blob(parts as BlobPart[]).arrayBuffer());
}

/** The stream of a file that must be the same from its first byte to its last: it is looked at again behind the last. */
async function* whole(
  parts: AsyncIterable<Uint8Array>,
  size: number | null,
  isStill: () => Promise<boolean>
): AsyncGenerator<Uint8Array> {
  let done = 0;
  for await (const part of parts) {
    done += part.length;
    yield part;
  }
  if ((size !== null && done !== size) || !(await isStill())) {
    throw new ChangedFileError();
  }
}

/** The stream, with its errors in words. */
async function* readable(
  parts: AsyncIterable<Uint8Array>,
  name: string,
  signal: AbortSignal
): AsyncGenerator<Uint8Array> {
  try {
    yield* parts;
  } catch (error) {
    if (signal.aborted || error instanceof DeliveryError) {
      throw error;
    }
    if (error instanceof ChangedFileError) {
      throw new TornFileError(name);
    }
    throw new DeliveryError(
      message(
        'The connection to the Jupyter server was lost while reading “%1”. Check that it is running, then press Try again.',
        name
      )
    );
  }
}

/** Reads no more of an answer than is asked for: a server without ranges would send the whole file. */
async function firstBytes(response: Response, count: number): Promise<Uint8Array> {
  const bytes: number[] = [];
  const reader = response.body?.getReader();
  while (reader && bytes.length < count) {
    const part = await reader.read();
    if (part.done) {
      break;
    }
    bytes.push(...part.value.subarray(0, count - bytes.length));
  }
  await reader?.cancel();
  return Uint8Array.from(bytes);
}

function describeFailure(error: unknown, name: string, serverPath: string): Message {
  const status = error instanceof ServerConnection.ResponseError ? error.response.status : null;
  const copied = copiedModel(serverPath);
  if (status === 404) {
    return copied === null
      ? message(
          'There is no file “%1” on the Jupyter server: it was moved, renamed or deleted since, or the notebook was. Put it back, or run the cell again with its new path.',
          serverPath
        )
      : copyGone(copied);
  }
  if (status === 401 || status === 403) {
    return message(
      'The Jupyter server does not let the browser read “%1” (it answered %2). Sign in again, or move the file out of a hidden folder.',
      copied ?? serverPath,
      status
    );
  }
  if (status !== null) {
    return message(
      'The Jupyter server could not send “%1” (it answered %2). Try again; its log says more.',
      name,
      status
    );
  }
  return message(
    '“%1” could not be fetched: the Jupyter server did not answer. Check that it is running, then press Try again.',
    name
  );
}

/** The copy of a live model, or of one in several files, is no longer in its folder. */
const copyGone = (name: string): Message =>
  message(
    'The copy of the model “%1” that its cell wrote for the browser is gone. Run the cell again to write it anew.',
    name
  );
