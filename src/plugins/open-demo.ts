/** A notebook that runs `gradlens.demo()` or `gradlens.examples()`, loaded when somebody asks for one. */
import type { JupyterFrontEnd } from '@jupyterlab/application';
import { PathExt } from '@jupyterlab/coreutils';
import type { IDocumentWidget } from '@jupyterlab/docregistry';
import type { Contents } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';
import { folderInSight } from './selected-files';

/**
 * Writes a notebook into a folder, opens it and runs it. Its kernel does the work, so that it
 * is the same on every server, and in JupyterLite.
 *
 * @param folder of the notebook; null: what the file browser shows
 */
export async function openDemo(
  app: JupyterFrontEnd,
  what: 'demo' | 'examples',
  folder: string | null,
  trans: TranslationBundle
): Promise<void> {
  const { contents, kernelspecs } = app.serviceManager;
  await kernelspecs.ready;
  const kernel = kernelspecs.specs?.default ?? 'python3';
  const made = await contents.newUntitled({ path: folder ?? folderInSight(app), type: 'notebook' });
  const path = await named(contents, made.path, what === 'demo' ? 'GradLens Demo' : 'GradLens Examples');
  const text =
    what === 'demo'
      ? trans.__('The package carries a small model and four pictures. The next cell shows them.')
      : trans.__('The next cell copies notebooks with exercises beside this one. Those you changed are left.');
  const cells = [
    {
      cell_type: 'markdown',
      id: 'what',
      metadata: {},
      source: `${text} ${trans.__('If it finds no module “gradlens”, run “%pip install gradlens” first.')}`
    },
    {
      cell_type: 'code',
      id: 'run',
      metadata: {},
      execution_count: null,
      outputs: [],
      source: `import gradlens\n\ngradlens.${what}()`
    }
  ];
  const display = kernelspecs.specs?.kernelspecs[kernel]?.display_name ?? kernel;
  const metadata = { kernelspec: { name: kernel, display_name: display } };
  await contents.save(path, {
    type: 'notebook',
    format: 'json',
    content: { cells, metadata, nbformat: 4, nbformat_minor: 5 }
  });
  const opened: unknown = await app.commands.execute('docmanager:open', { path, kernel: { name: kernel } });
  // Notebook 7 opens it in a page of its own, where the user runs it.
  const context = (opened as Partial<IDocumentWidget> | undefined)?.context;
  if (context) {
    await context.ready;
    await context.sessionContext.ready;
    await app.commands.execute('notebook:run-all-cells');
  }
}

/** Gives a new notebook this name, or the first of "name 1", "name 2", … that is free; its path. */
async function named(contents: Contents.IManager, path: string, name: string): Promise<string> {
  const folder = path.split('/').slice(0, -1).join('/');
  // Asked for first: JupyterLite's rename writes over what is there.
  const listed = (await contents.get(folder, { content: true })) as { content: { name: string }[] };
  const taken = new Set(listed.content.map(entry => entry.name));
  let file = `${name}.ipynb`;
  for (let number = 1; taken.has(file); number++) {
    file = `${name} ${number}.ipynb`;
  }
  try {
    return (await contents.rename(path, PathExt.join(folder, file))).path;
  } catch {
    return path;
  }
}
