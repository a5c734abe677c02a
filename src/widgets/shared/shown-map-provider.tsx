import * as React from 'react';
import type { ShownMap } from '../../session/view/shown-map';
import type { ViewHandle } from '../../session/view-tracker';
import { useRange } from './hooks/use-range';
import { useView, ViewProvider } from './view-context';

/** Gives components the map that their view shows, and tells those elsewhere of it. */
export function ShownMapProvider(
  props: React.PropsWithChildren<{ now: ViewHandle['shown']; map: ShownMap | null }>
): React.ReactElement {
  const { now, map } = props;
  const view = useView();
  const range = useRange(map);
  const shown = React.useMemo(() => (map && range ? { map, range } : null), [map, range]);
  React.useEffect(() => {
    if (shown) {
      const showing = now.show(shown);
      return () => showing.dispose();
    }
  }, [now, shown]);
  return (
    <ViewProvider view={view} shown={shown}>
      {props.children}
    </ViewProvider>
  );
}
