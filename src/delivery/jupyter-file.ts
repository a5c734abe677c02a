import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import { ServerConnection, type Contents } from '@jupyterlab/services';

/** Why a file did not arrive: one sentence for the view. */
export class DeliveryError extends Error {
  readonly name = 'DeliveryError';
}

/** A file that JupyterLab can give us. */
export interface ServedFile {
  /** Same key, same bytes: made of path, size and time of change. */
  key: string;
  name: string;
  /** Bytes, or null where the server does not say. */
  size: number | null;
  /** Starts the download. */
  stream(signal: AbortSignal): Promise<ReadableStream<Uint8Array>>;
}

export interface FileServices {
  contents: Contents.IManager;
  serverSettings: ServerConnection.ISettings;
}

const encodePath = (path: string): string => path.split('/').map(encodeURIComponent).join('/');

/**
 * Finds a file named relative to a notebook through JupyterLab's own services,
 * so that base URL, token and drives are right. Throws {@link DeliveryError}.
 */
export async function locateFile(
  path: string,
  resolver: IRenderMime.IResolver | null,
  services: FileServices
): Promise<ServedFile> {
  const name = path.split('/').pop() ?? path;
  const urlPath = resolver ? await resolver.resolveUrl(encodePath(path)) : encodePath(path);
  const serverPath = decodeURIComponent(urlPath);
  if (serverPath.split('/').includes('..')) {
    throw new DeliveryError(
      `The model “${path}” lies outside the folder that JupyterLab serves, so the browser cannot read it. Copy it beside the notebook, or start JupyterLab in a folder above both.`
    );
  }
  let about: Contents.IModel;
  try {
    about = await services.contents.get(serverPath, { content: false });
  } catch (error) {
    throw new DeliveryError(describeFailure(error, name, serverPath));
  }
  if (about.type === 'directory') {
    throw new DeliveryError(
      `“${path}” is a folder. GradLens reads a Keras model from one file: save it with model.save("name.keras") and name that file.`
    );
  }
  const url = await services.contents.getDownloadUrl(serverPath);
  return {
    key: `${serverPath}|${about.size ?? ''}|${about.last_modified}`,
    name,
    size: about.size ?? null,
    stream: async signal => {
      const response = await ServerConnection.makeRequest(url, { signal, cache: 'no-store' }, services.serverSettings);
      if (!response.ok || !response.body) {
        throw new DeliveryError(describeFailure(new ServerConnection.ResponseError(response), name, serverPath));
      }
      return response.body;
    }
  };
}

function describeFailure(error: unknown, name: string, serverPath: string): string {
  const status = error instanceof ServerConnection.ResponseError ? error.response.status : null;
  if (status === 404) {
    return `There is no file “${serverPath}” on the Jupyter server. Check the name and the folder; the path in show() is relative to the notebook.`;
  }
  if (status === 401 || status === 403) {
    return `The Jupyter server does not let the browser read “${serverPath}” (it answered ${status}). Sign in again, or move the file out of a hidden folder.`;
  }
  if (status !== null) {
    return `The Jupyter server could not send “${name}” (it answered ${status}). Try again; its log says more.`;
  }
  return `“${name}” could not be fetched: the Jupyter server did not answer. Check that it is running, then press Try again.`;
}
