import * as React from 'react';
import type { ViewKeeper } from '../../session/kept/view-keeper';
import type { ModelController } from '../../session/model/model-controller';
import type { Shown, ShownMap, ShownRange } from '../../session/view/shown-map';
import type { ViewSession } from '../../session/view/view-session';
import type { ViewHandle } from '../../session/view-tracker';
import type { ViewState } from '../../state/view-state';
import { useSignal } from './context';

/** The view that components belong to: in its output, and in the sidebar. */
export interface ViewInContext {
  session: ViewSession;
  /** Null for the heatmap of an array, which has no model. */
  controller: ModelController | null;
  /** Keeps the view in its output; null for a view that is no notebook's. */
  keeper: ViewKeeper | null;
  /** The map shown, and the range of its colours; null while there is none. */
  map: ShownMap | null;
  range: ShownRange | null;
}

const ViewContext = React.createContext<ViewInContext | null>(null);

export function useView(): ViewInContext {
  const view = React.useContext(ViewContext);
  if (!view) {
    throw new Error('A component of a GradLens view was rendered outside one.');
  }
  return view;
}

export const useSession = (): ViewSession => useView().session;

/** The controller of the view's model. */
export function useController(): ModelController {
  const { controller } = useView();
  if (!controller) {
    throw new Error('A component that needs a model was rendered in a view without one.');
  }
  return controller;
}

/** The view's model and what is known of it, live. */
export function useModel(): Pick<ModelController, 'payload' | 'session' | 'snapshot'> & {
  controller: ModelController;
} {
  const controller = useController();
  const snapshot = useSignal(controller.changed, () => controller.snapshot);
  return { controller, session: controller.session, payload: controller.payload, snapshot };
}

/** The view's state, live. */
export function useViewState(): Readonly<ViewState> {
  const session = useSession();
  return useSignal(session.changed, () => session.state);
}

/** One property of the view's state: renders again only when that one changes. */
export function useViewProperty<K extends keyof ViewState>(name: K): ViewState[K] {
  const session = useSession();
  return useSignal(session.changed, () => session.state[name]);
}

type ViewParts = Pick<ViewHandle, 'session' | 'controller' | 'keeper'>;

/** Gives components their view. `shown`: what it shows now, where that is known. */
export function ViewProvider(
  props: React.PropsWithChildren<{ view: ViewParts; shown?: Shown | null }>
): React.ReactElement {
  const { session, controller, keeper } = props.view;
  const { shown = null } = props;
  const value = React.useMemo(
    () => ({ session, controller, keeper, map: shown?.map ?? null, range: shown?.range ?? null }),
    [session, controller, keeper, shown]
  );
  return <ViewContext.Provider value={value}>{props.children}</ViewContext.Provider>;
}
