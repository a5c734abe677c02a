import type { Resolver } from '../session/services';
import { DeliveryError, servedFile, serverPathOf, type FileServices, type ServedFile } from './jupyter-file';

/**
 * Finds a model named relative to a notebook.
 *
 * @throws DeliveryError with one readable sentence.
 */
export async function locateFile(path: string, resolver: Resolver, services: FileServices): Promise<ServedFile> {
  const serverPath = await serverPathOf(path, resolver);
  if (serverPath === null) {
    throw new DeliveryError(
      `The model “${path}” lies outside the folder that JupyterLab serves, so the browser cannot read it. Copy it beside the notebook, or start JupyterLab in a folder above both.`
    );
  }
  return servedFile(serverPath, services);
}
