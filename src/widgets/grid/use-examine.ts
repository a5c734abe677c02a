import * as React from 'react';

/** The panel about channels, and the channels that are off there; they stay off until the view is gone. */
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
  const [isOpen, setOpen] = React.useState(false);
  const [off, setOff] = React.useState<Examine['off']>([]);
  return {
    isOpen,
    off,
    open: () => setOpen(true),
    close: () => setOpen(false),
    toggle: (layer, channel) => {
      setOpen(true);
      setOff(now => {
        const others = now.filter(one => one.layer !== layer || one.channel !== channel);
        return others.length < now.length ? others : [...now, { layer, channel }];
      });
    },
    allOn: () => setOff([])
  };
}
