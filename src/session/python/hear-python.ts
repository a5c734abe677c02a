import type { Kernel } from '@jupyterlab/services';
import { DisposableDelegate, DisposableSet, type IDisposable } from '@lumino/disposable';
import type { KeptNotebook } from '../kept/kept-notebook';
import type { ViewServices } from '../services';
import { type Offered, PythonLink } from './python-link';
import { TARGET } from './wire';

/** What a page has one of: its links with kernels. */
class PythonLinks {
  of(kernel: Kernel.IKernelConnection, services: ViewServices): PythonLink {
    const known = this._links.get(kernel);
    if (known && !known.isDisposed) {
      return known;
    }
    const link = new PythonLink(kernel, services);
    this._links.set(kernel, link);
    kernel.disposed.connect(() => {
      link.dispose();
      this._links.delete(kernel);
    });
    return link;
  }

  dispose(): void {
    this._links.forEach(link => link.dispose());
    this._links.clear();
  }

  private _links = new Map<Kernel.IKernelConnection, PythonLink>();
}

/**
 * Lets the kernel of an output's notebook know that the page shows a view, now and whenever the notebook
 * gets another kernel, until what is returned is disposed of.
 *
 * @param path - The notebook's; null for an output of no notebook, which no kernel knows.
 */
export function hearPython(id: string, path: string | null, services: ViewServices, offered: Offered): IDisposable {
  const heard = new DisposableSet();
  void services.notebooks.ready.then(() => {
    const notebook = services.notebooks.find(path);
    let heardBy: Kernel.IKernelConnection | null = null;
    const offer = async (): Promise<void> => {
      const kernel = notebook?.kernel;
      if (kernel && kernel !== heardBy && (await mayKnow(kernel, notebook, id)) && !heard.isDisposed) {
        heardBy = kernel;
        heard.add(services.page.get(PythonLinks).of(kernel, services).offer(id, offered));
      }
    };
    const onKernel = (): void => void offer();
    notebook?.kernelChanged?.connect(onKernel);
    heard.add(new DisposableDelegate(() => void notebook?.kernelChanged?.disconnect(onKernel)));
    onKernel();
  });
  return heard;
}

/**
 * True if the kernel may have made this view: in this page, or before it was loaded again, when a page
 * spoke with the kernel already. Others would only be told that they are not known, which a kernel logs.
 */
async function mayKnow(kernel: Kernel.IKernelConnection, notebook: KeptNotebook, id: string): Promise<boolean> {
  if (notebook.isFresh(id)) {
    return true;
  }
  const asked = ASKED.get(kernel) ?? hasSpoken(kernel).finally(() => ASKED.delete(kernel));
  ASKED.set(kernel, asked);
  return asked;
}

/** Kernels that are being asked, once for all views of a notebook. */
const ASKED = new WeakMap<Kernel.IKernelConnection, Promise<boolean>>();

/** True if a page speaks with the kernel about views. */
async function hasSpoken(kernel: Kernel.IKernelConnection): Promise<boolean> {
  try {
    const { content } = (await kernel.requestCommInfo({ target_name: TARGET })) as {
      content: { comms?: Record<string, unknown> };
    };
    return Object.keys(content.comms ?? {}).length > 0;
  } catch {
    return false;
  }
}
