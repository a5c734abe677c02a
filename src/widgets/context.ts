import * as React from 'react';
import type { ISignal } from '@lumino/signaling';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { ViewServices } from '../session/services';
import type { ViewSession } from '../session/view-session';
import type { ViewState } from '../session/state';

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

/** The view's state, live. */
export function useViewState(session: ViewSession): Readonly<ViewState> {
  return useSignal(session.changed, () => session.state);
}

/** One property of the view's state: renders again only when that one changes. */
export function useViewProperty<K extends keyof ViewState>(session: ViewSession, name: K): ViewState[K] {
  return useSignal(session.changed, () => session.state[name]);
}
