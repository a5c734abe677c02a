import type { TranslationBundle } from '@jupyterlab/translation';
import type { ISignal } from '@lumino/signaling';
import * as React from 'react';
import type { ViewServices } from '../../session/services';

/** The application's services, for every component of a view. */
export const ServicesContext = React.createContext<ViewServices | null>(null);

export function useServices(): ViewServices {
  const services = React.useContext(ServicesContext);
  if (!services) {
    throw new Error('A GradLens component was rendered outside a view.');
  }
  return services;
}

export const useTrans = (): TranslationBundle => useServices().trans;

/** The one instance of a class that the page has; see {@link PageScope}. */
export const usePage = <T extends { dispose(): void }>(Kind: new () => T): T => useServices().page.get(Kind);

/** Reads a value that changes whenever the signal says so; the value must keep its identity between changes. */
export function useSignal<T>(signal: ISignal<unknown, unknown>, read: () => T): T {
  const subscribe = React.useCallback(
    (listener: () => void) => {
      signal.connect(listener);
      return () => {
        signal.disconnect(listener);
      };
    },
    [signal]
  );
  return React.useSyncExternalStore(subscribe, read);
}
