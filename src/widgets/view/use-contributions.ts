import * as React from 'react';
import type { RunResult } from '../../engine/protocol/protocol';
import { type Message, messageOf } from '../../messages/message';
import type { Explained } from '../../session/model/explained';
import type { ModelController } from '../../session/model/model-controller';
import { sliceAxis, sliceOf, wholeRun } from '../../session/model/slices';

/** The channels' parts of an explanation; all null until the engine has answered. */
export interface Parts {
  /** (channels, height, width): what each channel adds to each cell before the ReLU; of a volume in the slice seen. */
  planes: Float32Array | null;
  /** Each channel's part of the whole map, of a volume in all slices. */
  weights: Float32Array | null;
  problem: Message | null;
}

const NOTHING: Parts = { planes: null, weights: null, problem: null };

/** Asks for the parts of an explanation once somebody wants them: null asks for nothing. */
export function useContributions(controller: ModelController, explained: Explained | null): Parts {
  const [parts, setParts] = React.useState<{ of: RunResult; parts: Parts } | null>(null);
  // Another slice of the same run has the same parts.
  const isKnown = explained !== null && parts?.of === wholeRun(explained);
  React.useEffect(() => {
    if (!explained || isKnown) {
      return;
    }
    let isCurrent = true;
    const of = wholeRun(explained);
    const channels = channelsOf(explained);
    controller.contributions(explained).then(
      planes => isCurrent && setParts({ of, parts: { planes, weights: sums(planes, channels), problem: null } }),
      (error: unknown) => isCurrent && setParts({ of, parts: { ...NOTHING, problem: messageOf(error) } })
    );
    return () => {
      isCurrent = false;
    };
  }, [controller, explained, isKnown]);
  return React.useMemo(() => {
    if (!explained || parts?.of !== wholeRun(explained)) {
      return NOTHING;
    }
    return { ...parts.parts, planes: parts.parts.planes && seen(parts.parts.planes, explained) };
  }, [explained, parts]);
}

const channelsOf = ({ run, layer }: Explained): number => run.planes[layer]?.channels ?? 1;

/** The parts of the slice that is seen. */
function seen(data: Float32Array, explained: Explained): Float32Array {
  const { volume, layer } = explained;
  const whole = volume?.run.planes[layer];
  return volume && whole
    ? sliceOf({ ...whole, data }, volume.at, volume.slices, sliceAxis(volume.run, layer)).data
    : data;
}

function sums(planes: Float32Array, channels: number): Float32Array {
  const size = planes.length / channels;
  return Float32Array.from({ length: channels }, (_, channel) => {
    let sum = 0;
    for (let at = channel * size; at < (channel + 1) * size; at++) {
      sum += planes[at];
    }
    return sum;
  });
}
