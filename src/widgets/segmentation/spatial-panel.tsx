import * as React from 'react';
import type { ClassScores } from '../../classes/classes';
import type { SpatialOutput } from '../../classes/spatial-output';
import type { Explained } from '../../session/model/explained';
import { GridPanel } from './grid-panel';
import { ReadingChoice } from './reading-choice';
import { SegmentationPanel } from './segmentation-panel';

export interface SpatialPanelProps {
  output: SpatialOutput;
  scores: ClassScores;
  /** Gives a class its name. */
  name: (index: number) => string;
  explained: Explained;
  picture: ImageBitmap | null;
  /** Width over height of the image. */
  aspect: number;
  /** True if a map of what is explained is shown. */
  hasMap: boolean;
}

/** An output with rows and columns, as what it is read as; `children` list the channels of features. */
export function SpatialPanel(props: SpatialPanelProps & { children: React.ReactNode }): React.ReactElement {
  const { children, ...rest } = props;
  const { reading } = props.output;
  return (
    <>
      {reading === 'features' ? (
        children
      ) : reading === 'segmentation' ? (
        <SegmentationPanel {...rest} />
      ) : (
        <GridPanel {...rest} layout={reading} />
      )}
      <ReadingChoice output={props.output} />
    </>
  );
}
