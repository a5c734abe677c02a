import * as React from 'react';

/** What `compute` gives, once it is there; null before, and for what was asked of another `compute`, which ends. */
export function useComputed<T>(compute: (signal: AbortSignal) => Promise<T | null>): T | null {
  const [answer, setAnswer] = React.useState<{ of: typeof compute; value: T | null } | null>(null);
  React.useEffect(() => {
    const abort = new AbortController();
    void compute(abort.signal).then(value => {
      if (!abort.signal.aborted) {
        setAnswer({ of: compute, value });
      }
    });
    return () => abort.abort();
  }, [compute]);
  return answer?.of === compute ? answer.value : null;
}
