import { type DockLayout, DockPanel, type Widget } from '@lumino/widgets';

type Area = DockLayout.AreaConfig;

/** Gives all panes beside each other the same room as the one that a tab has just got, which had half of another's. */
export function shareEqually(tab: Widget): void {
  const dock = tab.parent;
  if (!(dock instanceof DockPanel)) {
    return;
  }
  const config = dock.saveLayout();
  const split = config.main && splitAround(config.main, tab);
  if (split && split.children.length > 2) {
    split.sizes = split.sizes.map(() => 1);
    dock.restoreLayout(config);
  }
}

/** The split whose panes stand beside each other, one of them with the tab. */
function splitAround(area: Area, tab: Widget): DockLayout.ISplitAreaConfig | null {
  if (area.type === 'tab-area') {
    return null;
  }
  const holds = (child: Area): boolean => child.type === 'tab-area' && child.widgets.includes(tab);
  if (area.orientation === 'horizontal' && area.children.some(holds)) {
    return area;
  }
  return area.children.map(child => splitAround(child, tab)).find(found => found !== null) ?? null;
}
