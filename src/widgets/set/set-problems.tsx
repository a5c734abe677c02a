import * as React from 'react';
import { type Message, translated } from '../../messages/message';
import type { PayloadImage } from '../../mime/payload';
import { useTrans } from '../shared/context';

/** Images that are named, at most. */
const MOST = 5;

/** The images without a map, and why. */
export function SetProblems(props: {
  problems: ReadonlyMap<number, Message>;
  images: readonly PayloadImage[];
}): React.ReactElement | null {
  const { problems, images } = props;
  const trans = useTrans();
  if (problems.size === 0) {
    return null;
  }
  const left = problems.size - MOST;
  return (
    <div className="jp-GradLens-problem" role="alert">
      <span>
        {trans._n('%1 image has no map:', '%1 images have no map:', problems.size, problems.size)}
        {[...problems].slice(0, MOST).map(([image, problem]) => (
          <span key={image} className="jp-GradLens-setProblem">
            <bdi>{images[image]?.name}</bdi>: {translated(problem, trans)}
          </span>
        ))}
        {left > 0 && trans._n('and %1 more.', 'and %1 more.', left, left)}
      </span>
    </div>
  );
}
