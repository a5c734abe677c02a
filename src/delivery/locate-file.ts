import type { Kernel } from '@jupyterlab/services';
import { message } from '../messages/message';
import { type FileServices, servedFile, serverPathOf } from './jupyter-file';
import { kernelFile } from './kernel-file';
import { modelName } from './model-name';
import { notebookOf, type Resolver } from './resolver';
import { DeliveryError, type ServedFile } from './served-file';

export interface KernelServices {
  /** The kernel of an open notebook, by the notebook's path; null when there is none. */
  kernelOf(notebook: string): Kernel.IKernelConnection | null;
}

/**
 * Finds a model named relative to a notebook: on Jupyter's server, or else
 * through the notebook's kernel, which may see files that the server does not.
 *
 * @throws DeliveryError with one readable sentence.
 */
export async function locateFile(
  path: string,
  resolver: Resolver,
  services: FileServices & KernelServices
): Promise<ServedFile> {
  const notebook = notebookOf(resolver);
  const kernel = notebook === null ? null : services.kernelOf(notebook);
  const serverPath = await serverPathOf(path, resolver);
  if (serverPath === null) {
    if (kernel) {
      return kernelFile(path, kernel, services.keepBytes());
    }
    throw new DeliveryError(
      message(
        'The model “%1” lies outside the folder that JupyterLab serves, and no kernel runs that could read it. Start the kernel and run the cell again, or copy the file beside the notebook.',
        modelName(path)
      )
    );
  }
  try {
    const file = await servedFile(serverPath, services);
    return kernel ? { ...file, meant: () => meantBy(kernel, path, file, services.keepBytes()) } : file;
  } catch (error) {
    if (!kernel) {
      throw error;
    }
    try {
      return await kernelFile(path, kernel, services.keepBytes());
    } catch {
      // The server's error is closer to what the user did.
      throw error;
    }
  }
}

/** Milliseconds by which the times of one file may differ: the server tells microseconds, and some drives whole seconds. */
const SAME_TIME = 1000;

/**
 * The file that the kernel knows by the name under which the server has `file`: another where the notebook was
 * moved since its kernel started. Null where it is the same, and where the kernel cannot say.
 */
async function meantBy(
  kernel: Kernel.IKernelConnection,
  path: string,
  file: ServedFile,
  keepBytes: number
): Promise<ServedFile | null> {
  if (kernel.status !== 'idle') {
    return null; // one that computes would be waited for
  }
  try {
    const meant = await kernelFile(path, kernel, keepBytes);
    const isSame = meant.size === file.size && Math.abs((meant.changed ?? 0) - (file.changed ?? 0)) < SAME_TIME;
    return isSame ? null : meant;
  } catch {
    return null;
  }
}

/** Reads a small file, as {@link locateFile} finds it. It is not kept by the browser, as models are. */
export async function readFile(
  path: string,
  resolver: Resolver,
  { contents, serverSettings, kernelOf }: FileServices & KernelServices
): Promise<Uint8Array> {
  const file = await locateFile(path, resolver, { contents, serverSettings, kernelOf, keepBytes: () => 0 });
  const parts: Uint8Array[] = [];
  for await (const part of file.stream(new AbortController().signal)) {
    parts.push(part);
  }
  return new Uint8Array(await new Blob(parts as BlobPart[]).arrayBuffer());
}
