import type { Widget } from '@lumino/widgets';
import type { OpenMode, ViewServices } from '../../session/services';

/** The tabs of the main area that show something of a view, by what they show. */
class OpenTabs {
  readonly contents = new Map<string, Widget>();

  dispose(): void {
    this.contents.clear();
  }
}

/** Brings the tab that shows something to the front; opens one where there is none. */
export function openOnce(
  key: string,
  services: ViewServices,
  make: () => { content: Widget; title: string; mode: OpenMode }
): void {
  const { contents } = services.page.get(OpenTabs);
  const open = contents.get(key);
  if (open) {
    services.activate(open.node);
    return;
  }
  const { content, title, mode } = make();
  contents.set(key, content);
  content.disposed.connect(() => contents.delete(key));
  services.openBeside(content, title, mode);
}
