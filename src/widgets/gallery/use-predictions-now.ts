import * as React from 'react';
import type { Predictions, PredictionsNow } from '../../session/model/predictions';

/** What is known of a view's images, live; null where there is nothing to predict. */
export function usePredictionsNow(predictions: Predictions | null): PredictionsNow | null {
  const subscribe = React.useCallback(
    (listener: () => void) => {
      predictions?.changed.connect(listener);
      return () => {
        predictions?.changed.disconnect(listener);
      };
    },
    [predictions]
  );
  return React.useSyncExternalStore(subscribe, () => predictions?.now ?? null);
}
