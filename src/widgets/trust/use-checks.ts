import * as React from 'react';
import type { RunResult } from '../../engine/protocol/protocol';
import type { TrustCheck, TrustFindings } from '../../engine/protocol/trust';
import { isLasting, type Message, messageOf } from '../../messages/message';
import type { Explained } from '../../session/model/explained';
import { wholeRun } from '../../session/model/slices';
import type { Busy } from '../../session/progress/progress-text';
import { TimeLeft } from '../../session/progress/time-left';
import { useModel } from '../shared/view-context';
import type { CheckName } from './checks';

export interface Checks {
  /** What was found of the map that is shown. */
  found: Partial<Record<CheckName, TrustFindings>>;
  /** The one under way. */
  running: { name: CheckName; progress: Busy } | null;
  problem: { name: CheckName; message: Message; isLasting: boolean } | null;
  start(name: CheckName, check: TrustCheck): void;
  cancel(): void;
}

type Known = Pick<Checks, 'found' | 'running' | 'problem'>;
const NOTHING: Known = { found: {}, running: null, problem: null };

/** Checks the map shown, one check at a time. What the view itself asks for goes first: it ends the check. */
export function useChecks(explained: Explained): Checks {
  const { controller, snapshot } = useModel();
  const of = wholeRun(explained);
  const [known, setKnown] = React.useState<Known & { of: RunResult }>({ ...NOTHING, of });
  const abort = React.useRef<AbortController | null>(null);
  const isBusy = snapshot.busy !== null;

  const cancel = React.useCallback(() => {
    abort.current?.abort();
    abort.current = null;
    setKnown(now => ({ ...now, running: null }));
  }, []);
  React.useEffect(() => {
    if (isBusy) {
      cancel();
    }
  }, [isBusy, cancel]);
  React.useEffect(() => () => abort.current?.abort(), [of]);

  const start = (name: CheckName, trust: TrustCheck): void => {
    abort.current?.abort();
    const { signal } = (abort.current = new AbortController());
    const left = new TimeLeft();
    const set = (change: (now: Known) => Partial<Known>): void => {
      if (!signal.aborted) {
        setKnown(now => {
          const current = now.of === of ? now : { ...NOTHING, of };
          return { ...current, ...change(current) };
        });
      }
    };
    const tell = (progress: Omit<Busy, 'secondsLeft'>, secondsLeft: number | null): void =>
      set(() => ({ running: { name, progress: { ...progress, secondsLeft } }, problem: null }));
    tell({ phase: 'check', done: 0, total: 0 }, null);
    const { image, layer, method, target, score, output, convention } = explained;
    const wanted = { maps: [layer], method, target, score, output, convention, trust };
    controller
      .requests()
      .then(({ requests }) =>
        requests.run(image, wanted, {
          signal,
          onProgress: progress => {
            if (progress.phase === 'check') {
              tell(progress, left.update(progress.done, progress.total));
            }
          }
        })
      )
      .then(
        run => set(({ found }) => ({ running: null, found: run.trust ? { ...found, [name]: run.trust } : found })),
        (error: unknown) =>
          set(() => ({ running: null, problem: { name, message: messageOf(error), isLasting: isLasting(error) } }))
      );
  };
  return { ...(known.of === of ? known : NOTHING), start, cancel };
}
