import * as React from 'react';
import type { CallOptions } from '../../../engine/page/client';
import { abortByHand } from '../../../engine/protocol/errors';
import { isLasting, type Message, messageOf } from '../../../messages/message';
import type { Busy } from '../../../session/progress/progress-text';
import { TimeLeft } from '../../../session/progress/time-left';
import { useModel } from '../view-context';

/** Work of the engine that takes long, with what it found, by name. */
export interface Jobs<Name extends string, Found> {
  found: Partial<Record<Name, Found>>;
  /** The one under way. */
  running: { name: Name; progress: Busy } | null;
  problem: { name: Name; message: Message; isLasting: boolean } | null;
  /** `phase`: in which the engine tells its progress. */
  start(name: Name, work: (options: CallOptions) => Promise<Found | undefined>, phase?: Busy['phase']): void;
  cancel(): void;
}

/**
 * Long work on what is shown, one at a time. What the view itself asks for goes first: it ends the work.
 *
 * @param of - What it is about: of something else nothing is known.
 */
export function useJobs<Name extends string, Found>(of: unknown): Jobs<Name, Found> {
  type Known = Pick<Jobs<Name, Found>, 'found' | 'running' | 'problem'>;
  const { snapshot } = useModel();
  const nothing: Known = { found: {}, running: null, problem: null };
  const [known, setKnown] = React.useState<Known & { of: unknown }>({ ...nothing, of });
  const abort = React.useRef<AbortController | null>(null);
  const isBusy = snapshot.busy !== null;

  const halt = React.useCallback((reason?: DOMException) => {
    abort.current?.abort(reason);
    abort.current = null;
    setKnown(now => ({ ...now, running: null }));
  }, []);
  const cancel = React.useCallback(() => halt(abortByHand()), [halt]);
  React.useEffect(() => {
    if (isBusy) {
      halt();
    }
  }, [isBusy, halt]);
  React.useEffect(() => () => abort.current?.abort(), [of]);

  const start: Jobs<Name, Found>['start'] = (name, work, phase = 'check') => {
    abort.current?.abort();
    const { signal } = (abort.current = new AbortController());
    const left = new TimeLeft();
    const set = (change: (now: Known) => Partial<Known>): void => {
      if (!signal.aborted) {
        setKnown(now => {
          const current = now.of === of ? now : { ...nothing, of };
          return { ...current, ...change(current) };
        });
      }
    };
    const tell = (progress: Omit<Busy, 'secondsLeft'>, secondsLeft: number | null): void =>
      set(() => ({ running: { name, progress: { ...progress, secondsLeft } }, problem: null }));
    tell({ phase, done: 0, total: 0 }, null);
    work({
      signal,
      onProgress: progress => {
        if (progress.phase === phase) {
          tell(progress, left.update(progress.done, progress.total));
        }
      }
    }).then(
      one => set(({ found }) => ({ running: null, found: one === undefined ? found : { ...found, [name]: one } })),
      (error: unknown) =>
        set(() => ({ running: null, problem: { name, message: messageOf(error), isLasting: isLasting(error) } }))
    );
  };
  return { ...(known.of === of ? known : nothing), start, cancel };
}
