import type { ISignal } from '@lumino/signaling';
import * as React from 'react';
import type { ControllerSnapshot } from '../../../session/model/explained';
import type { ModelController } from '../../../session/model/model-controller';
import type { ViewHandle } from '../../../session/view-tracker';
import { useServices, useSignal } from '../context';

/** The view in use, live. */
export function useCurrentView(): ViewHandle | null {
  const { tracker } = useServices();
  return useSignal(tracker.changed, () => tracker.current);
}

/** A controller's snapshot, live; null without a controller. */
export function useSnapshot(controller: ModelController | null): ControllerSnapshot | null {
  const subscribe = React.useCallback(
    (listener: () => void) => {
      const signal: ISignal<unknown, void> | undefined = controller?.changed;
      signal?.connect(listener);
      return () => {
        signal?.disconnect(listener);
      };
    },
    [controller]
  );
  return React.useSyncExternalStore(subscribe, () => controller?.snapshot ?? null);
}
