import * as React from 'react';
import type { ChannelsOff } from '../../engine/protocol/channels';
import { isAbort } from '../../engine/protocol/errors';
import type { RunResult } from '../../engine/protocol/protocol';
import { askedAgain } from '../../explain/target-of-class';
import { findLayer } from '../../layers/find-layer';
import { hasMapAt } from '../../layers/has-map';
import type { Message } from '../../messages/message';
import type { Explained } from '../../session/model/explained';
import { sentenceOf } from '../../session/model/sentences';
import { atSlice } from '../../session/model/slices';
import type { OffBy } from '../../state/vocabulary';
import type { Examine } from '../grid/use-examine';
import { useModel } from '../shared/view-context';

/** What the model says without some channels. */
export interface Without {
  /** Null while nothing is off, or not yet known. Of a volume: with the maps of the slice that is seen. */
  run: RunResult | null;
  /** False while the scores are known, and the map is not. */
  hasMap: boolean;
  isBusy: boolean;
  problem: Message | null;
}

const NOTHING: Without = { run: null, hasMap: false, isBusy: false, problem: null };

/** The channels that are off, layer by layer, as the engine takes them. */
function channelsOff(off: Examine['off'], by: OffBy): ChannelsOff[] {
  const layers = [...new Set(off.map(({ layer }) => layer))].sort();
  return layers.map(layer => ({
    layer,
    channels: off
      .filter(one => one.layer === layer)
      .map(({ channel }) => channel)
      .sort((a, b) => a - b),
    by
  }));
}

/** Asks what is explained of the model without these channels: scores first, then the map and the feature maps. */
export function useWithout(explained: Explained, off: Examine['off'], by: OffBy): Without {
  const { controller } = useModel();
  const { image, layer, method, score, output, convention } = explained;
  // Another slice of the same run asks nothing new.
  const about = explained.volume?.run ?? explained.run;
  const before = React.useRef(explained);
  before.current = explained;
  const key = JSON.stringify(channelsOff(off, by));
  const [known, setKnown] = React.useState<Without & { key: string; about: RunResult }>({ ...NOTHING, key, about });
  React.useEffect(() => {
    const chosen = JSON.parse(key) as ChannelsOff[];
    if (chosen.length === 0) {
      return;
    }
    const abort = new AbortController();
    const { signal } = abort;
    const set = (of: Partial<Without>): void => {
      if (!signal.aborted) {
        setKnown({ ...NOTHING, key, about, ...of });
      }
    };
    const ask = async (): Promise<void> => {
      set({ isBusy: true });
      const { requests, model } = await controller.requests();
      // Python's names, and those of another model of the series, may be spelt otherwise here.
      const found = chosen.map(one => ({ ...one, layer: findLayer(model, one.layer)?.id ?? one.layer }));
      const wanted = { ...askedAgain({ ...before.current, run: about }), off: found, planes: [layer] };
      const scores = await requests.run(image, wanted, { signal });
      set({ run: scores, isBusy: true });
      const run = hasMapAt(model, layer, method)
        ? await requests.run(image, { ...wanted, maps: [layer], method, convention }, { signal })
        : scores;
      set({ run, hasMap: true });
    };
    ask().catch((error: unknown) => isAbort(error) || set({ problem: sentenceOf(error) }));
    return () => abort.abort();
  }, [controller, key, about, image, layer, method, score, output, convention]);
  return React.useMemo(() => {
    if (known.key !== key || known.about !== about || off.length === 0) {
      return { ...NOTHING, isBusy: off.length > 0 };
    }
    const { run } = known;
    const at = explained.volume?.at ?? null;
    const seen = run && atSlice({ ...explained, volume: undefined, run }, at).run;
    return { ...known, run: seen };
  }, [known, key, about, off, explained]);
}
