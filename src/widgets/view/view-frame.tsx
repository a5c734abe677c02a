import './view.css';
import * as React from 'react';
import type { Payload } from '../../mime/payload';
import type { ViewServices } from '../../session/services';
import type { LiveView } from '../../session/view-tracker';
import { ServicesContext } from '../shared/context';
import { ErrorBoundary } from '../shared/error-boundary';
import { ViewProvider } from '../shared/view-context';
import { StoryPlace } from '../story/story-place';
import { HeatmapView } from './heatmap-view';
import { ModelView } from './model-view';

/** What the components of a view stand in, wherever it is shown. */
export function ViewFrame(props: {
  view: LiveView;
  services: ViewServices;
  children: React.ReactNode;
}): React.ReactElement {
  const { view, services, children } = props;
  return (
    <ServicesContext.Provider value={services}>
      <ErrorBoundary>
        <ViewProvider view={view}>{children}</ViewProvider>
      </ErrorBoundary>
    </ServicesContext.Provider>
  );
}

/** The live view of a payload. */
export function PayloadView({ payload, view }: { payload: Payload; view: LiveView }): React.ReactElement {
  return (
    <>
      <StoryPlace />
      {payload.kind === 'heatmap' ? (
        <HeatmapView payload={payload} shown={view.shown} />
      ) : (
        <ModelView shown={view.shown} />
      )}
    </>
  );
}
