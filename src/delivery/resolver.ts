import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';

/** Resolves file names relative to a notebook; null for a view of no notebook. */
export type Resolver = IRenderMime.IResolver | null;

/** The path of the notebook, which JupyterLab's resolvers know though their type does not say so; else null. */
export const notebookOf = (resolver: Resolver): string | null => (resolver as { path?: string } | null)?.path ?? null;
