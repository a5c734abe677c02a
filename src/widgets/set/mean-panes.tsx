import * as React from 'react';
import type { Weighing } from '../../explain/set/map-sum';
import type { MeanMap } from '../../session/set/measure';
import type { ShownMap, ShownRange } from '../../session/view/shown-map';
import { WHOLE } from '../../state/places';
import { isSigned } from '../../viewer/values/fitting';
import { minMax, type Range, symmetric } from '../../viewer/values/statistics';
import { MapPane } from '../map/map-pane';
import { useTrans } from '../shared/context';

/** The mean of a group. */
export interface NamedMean {
  letter: string;
  /** The group, in words. */
  label: string;
  mean: MeanMap;
}

/** Means in one range, and the difference of two around zero; zoom and cursor are the view's. */
export function MeanPanes(props: {
  means: readonly NamedMean[];
  /** What the maps are, in words. */
  what: string;
  weighing: Weighing;
  aspect: number;
}): React.ReactElement | null {
  const { means, what, weighing, aspect } = props;
  const trans = useTrans();
  const [first, second] = means.map(({ mean }) => mean.values);
  const range = React.useMemo(
    () => rangeOf([first, second].flatMap(values => (values ? [values] : []))),
    [first, second]
  );
  const difference = React.useMemo(
    () => (first && second ? first.map((value, i) => value - second[i]) : null),
    [first, second]
  );
  const around = React.useMemo(() => difference && symmetric(minMax(difference)), [difference]);
  if (means.length === 0) {
    return null;
  }
  const { height, width } = means[0].mean;
  const pane = (heading: string, title: string, data: Float32Array, bounds: Range): React.ReactElement => (
    <Pane
      key={heading}
      heading={heading}
      title={title}
      data={data}
      height={height}
      width={width}
      quantity={weighing === 'as-is' ? what : `${what} of 1`}
      bounds={bounds}
      aspect={aspect}
    />
  );
  return (
    <div className="jp-GradLens-meanPanes">
      {means.map(({ letter, label, mean }) =>
        pane(
          trans._n('%2: %3 (%1 image)', '%2: %3 (%1 images)', mean.count, letter, label),
          trans.__('Mean of %1, %2', what, label),
          mean.values,
          range
        )
      )}
      {difference && around && pane(trans.__('A − B'), trans.__('Difference of the means'), difference, around)}
      {means.some(({ mean }) => mean.flat > 0) && (
        <p className="jp-GradLens-note">
          {means
            .filter(({ mean }) => mean.flat > 0)
            .map(({ letter, mean }) =>
              trans._n(
                '%2: %1 map is 0 everywhere, and counts as that.',
                '%2: %1 maps are 0 everywhere, and count as that.',
                mean.flat,
                letter
              )
            )
            .join(' ')}
        </p>
      )}
    </div>
  );
}

/** The range of several maps together. */
function rangeOf(all: readonly Float32Array[]): Range {
  const ends = all.map(minMax);
  const range: Range = [Math.min(...ends.map(([low]) => low)), Math.max(...ends.map(([, high]) => high))];
  return all.some(isSigned) ? symmetric(range) : range;
}

function Pane(props: {
  heading: string;
  title: string;
  data: Float32Array;
  height: number;
  width: number;
  quantity: string;
  bounds: Range;
  aspect: number;
}): React.ReactElement {
  const { heading, title, data, height, width, quantity, bounds, aspect } = props;
  const planes = React.useMemo(() => ({ data, channels: 1, width, height }), [data, width, height]);
  const shown = React.useMemo(() => {
    const map: ShownMap = {
      planes,
      channel: 0,
      region: WHOLE,
      name: title,
      quantity,
      title,
      caption: heading
    };
    const range: ShownRange = { bounds, scale: 'linear' };
    return { map, range };
  }, [planes, title, quantity, heading, bounds]);
  return <MapPane heading={heading} level={5} {...shown} picture={null} aspect={aspect} />;
}
