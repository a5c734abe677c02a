import * as React from 'react';
import type { CellOf, CellSum } from '../../engine/protocol/sums';
import { isLasting, type Message, messageOf } from '../../messages/message';
import { feedingOf } from '../../session/model/feeding';
import { useModel } from '../shared/view-context';

export interface SumNow {
  /** The last that came: of the cell before until that of `cell` is there. */
  sum: CellSum | null;
  isWaiting: boolean;
  problem: { message: Message; isLasting: boolean } | null;
  again(): void;
}

/** Asks the engine how a value was computed. What the view itself asks for goes first. */
export function useSum(image: number, cell: CellOf): SumNow {
  const { controller, snapshot } = useModel();
  const isBusy = snapshot.busy !== null;
  const key = JSON.stringify([feedingOf(controller), image, cell.layer, cell.at]);
  const [answer, setAnswer] = React.useState<{ key: string; sum: CellSum | null; problem: SumNow['problem'] } | null>(
    null
  );
  const [tries, setTries] = React.useState(0);
  const isKnown = answer?.key === key;
  const asked = React.useRef(cell);
  asked.current = cell;
  React.useEffect(() => {
    if (isBusy || isKnown) {
      return;
    }
    const abort = new AbortController();
    const ask = async (): Promise<CellSum | null> => {
      const { requests } = await controller.requests();
      return (await requests.run(image, { sum: asked.current }, { signal: abort.signal })).sum ?? null;
    };
    ask().then(
      sum => !abort.signal.aborted && setAnswer({ key, sum, problem: null }),
      (error: unknown) =>
        !abort.signal.aborted &&
        setAnswer({ key, sum: null, problem: { message: messageOf(error), isLasting: isLasting(error) } })
    );
    return () => abort.abort();
  }, [controller, image, key, isBusy, isKnown, tries]);
  return {
    sum: answer?.sum ?? null,
    isWaiting: !isKnown,
    problem: isKnown ? answer.problem : null,
    again: () => {
      setAnswer(null);
      setTries(tries + 1);
    }
  };
}
