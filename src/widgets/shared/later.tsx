import * as React from 'react';

/**
 * A component that comes as a chunk of its own when it is first drawn, so that views without it open sooner.
 * Until then its place is empty.
 */
export function later<P extends object>(load: () => Promise<React.FunctionComponent<P>>): React.FunctionComponent<P> {
  // Its type speaks of refs, which components that are functions do not take.
  const Loaded = React.lazy(async () => ({ default: await load() })) as unknown as React.FunctionComponent<P>;
  return props => <React.Suspense fallback={null}>{React.createElement(Loaded, props)}</React.Suspense>;
}
