import * as React from 'react';
import { useSession, useViewProperty } from '../shared/view-context';

/** The panel about channels, and the channels that are off there: a part of the view's state. */
export interface Examine {
  /** Why channels cannot be examined. */
  refusal?: string;
  isOpen: boolean;
  off: readonly { layer: string; channel: number }[];
  open(): void;
  close(): void;
  /** Switches a channel off, or on again. */
  toggle(layer: string, channel: number): void;
  allOn(): void;
}

export function useExamine(): Examine {
  const session = useSession();
  const channelsOff = useViewProperty('channelsOff');
  const off = React.useMemo(
    () => Object.entries(channelsOff).flatMap(([layer, list]) => list.map(channel => ({ layer, channel }))),
    [channelsOff]
  );
  const isAny = off.length > 0;
  const [isOpen, setOpen] = React.useState(isAny);
  // Python, or the notebook, may switch them off.
  React.useEffect(() => setOpen(was => was || isAny), [isAny]);
  return {
    isOpen,
    off,
    open: () => setOpen(true),
    close: () => setOpen(false),
    toggle: (layer, channel) => {
      setOpen(true);
      const { [layer]: now = [], ...others } = session.state.channelsOff;
      const next = now.includes(channel) ? now.filter(one => one !== channel) : [...now, channel];
      session.update({ channelsOff: next.length > 0 ? { ...session.state.channelsOff, [layer]: next } : others });
    },
    allOn: () => session.update({ channelsOff: {} })
  };
}
