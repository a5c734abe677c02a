import * as React from 'react';
import { fetched } from '../../messages/fetched';
import { type Message, messageOf } from '../../messages/message';
import { Problem } from './problem';

/**
 * A component that comes as a chunk of its own when it is first drawn, so that views without it open sooner.
 * Until then its place is empty; where the chunk does not arrive, a sentence stands there, and all else stays.
 */
export function later<P extends object>(load: () => Promise<React.FunctionComponent<P>>): React.FunctionComponent<P> {
  let known: React.FunctionComponent<P> | null = null;
  return function Later(props) {
    const [Loaded, setLoaded] = React.useState(() => known);
    const [problem, setProblem] = React.useState<Message | null>(null);
    const isMissing = Loaded === null && problem === null;
    React.useEffect(() => {
      if (!isMissing) {
        return;
      }
      let isCurrent = true;
      fetched(load()).then(
        component => {
          known = component;
          if (isCurrent) {
            setLoaded(() => component);
          }
        },
        (error: unknown) => isCurrent && setProblem(messageOf(error))
      );
      return () => {
        isCurrent = false;
      };
    }, [isMissing]);
    return Loaded ? <Loaded {...props} /> : problem && <Problem message={problem} onRetry={() => setProblem(null)} />;
  };
}
