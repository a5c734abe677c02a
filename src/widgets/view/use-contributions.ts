import * as React from 'react';
import { type Message, messageOf } from '../../messages/message';
import type { Explained } from '../../session/model/explained';
import type { ModelController } from '../../session/model/model-controller';

/** The channels' parts of an explanation; all null until the engine has answered. */
export interface Parts {
  /** (channels, height, width): what each channel adds to each cell before the ReLU. */
  planes: Float32Array | null;
  /** Each channel's part of the whole map. */
  weights: Float32Array | null;
  problem: Message | null;
}

const NOTHING: Parts = { planes: null, weights: null, problem: null };

/** Asks for the parts of an explanation once somebody wants them: null asks for nothing. */
export function useContributions(controller: ModelController, explained: Explained | null): Parts {
  const [parts, setParts] = React.useState<{ of: Explained; parts: Parts } | null>(null);
  React.useEffect(() => {
    if (!explained) {
      return;
    }
    let isCurrent = true;
    controller.contributions(explained).then(
      planes =>
        isCurrent && setParts({ of: explained, parts: { planes, weights: sums(planes, explained), problem: null } }),
      (error: unknown) => isCurrent && setParts({ of: explained, parts: { ...NOTHING, problem: messageOf(error) } })
    );
    return () => {
      isCurrent = false;
    };
  }, [controller, explained]);
  return parts && parts.of === explained ? parts.parts : NOTHING;
}

function sums(planes: Float32Array, { run, layer }: Explained): Float32Array {
  const channels = run.planes[layer]?.channels ?? 1;
  const size = planes.length / channels;
  return Float32Array.from({ length: channels }, (_, channel) => {
    let sum = 0;
    for (let at = channel * size; at < (channel + 1) * size; at++) {
      sum += planes[at];
    }
    return sum;
  });
}
