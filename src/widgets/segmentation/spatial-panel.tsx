import * as React from 'react';
import { GridPanel } from './grid-panel';
import type { SpatialPanelProps } from './panel-props';
import { ReadingChoice } from './reading-choice';
import { SegmentationPanel } from './segmentation-panel';

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
