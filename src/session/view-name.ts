import type { TranslationBundle } from '@jupyterlab/translation';
import { notebookOf } from '../delivery/resolver';
import type { ViewHandle } from './view-tracker';

/**
 * Names a view by what tells it from others: notebook, cell as its prompt counts it, image, and
 * model; a comparison by its layer, too. A model file's tab has neither notebook nor cell.
 */
function viewName({ controller, nodes, resolver, session, title }: ViewHandle, trans: TranslationBundle): string {
  const notebook = notebookOf(resolver)?.split('/').pop() ?? null;
  const cell = nodes.map(node => node.closest('.jp-Cell')).find(found => found !== null);
  const count = /\[(\d+)\]/.exec(cell?.querySelector('.jp-InputPrompt')?.textContent ?? '')?.[1];
  const image = controller?.payload.images[session.state.image]?.name.split('/').pop();
  const layer = notebook !== null && !cell ? controller?.snapshot.layer?.id : undefined;
  const place =
    notebook === null
      ? []
      : [count === undefined ? notebook : trans.__('%1 [%2]', notebook, count), ...(layer ? [layer] : [])];
  return [
    ...place,
    ...(place.length > 0 ? [] : [title]),
    ...(image ? [image] : []),
    ...(place.length > 0 ? [title] : [])
  ].join(' · ');
}

/** The names of views, each its own. */
export function viewNames(views: readonly ViewHandle[], trans: TranslationBundle): string[] {
  const counts = new Map<string, number>();
  return views.map(view => {
    const name = viewName(view, trans);
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return count > 1 ? `${name} (${count})` : name;
  });
}
