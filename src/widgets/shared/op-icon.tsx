import * as React from 'react';
import type { Family } from '../../graph/classes/layer-class';

/** One drawing a family of layers, 16 by 16. */
const DRAWINGS: Record<Family | 'block', string> = {
  convolution: 'M2 2h12v12H2zM6 2v12M10 2v12M2 6h12M2 10h12',
  dense: 'M3 3h0M3 8h0M3 13h0M13 5h0M13 11h0M3 3l10 2M3 3l10 8M3 8l10-3M3 8l10 3M3 13l10-8M3 13l10-2',
  activation: 'M2 12h6l6-9',
  normalization: 'M1.5 13c4 0 4-10 6.5-10s2.500 10 6.500 10',
  pooling: 'M2 2h12v12H2zM8 2v12M2 8h12M3.500 3.500h3v3h-3z',
  merge: 'M8 2.500v11M2.500 8h11M8 1.500a6.500 6.500 0 1 0 .01 0z',
  concatenate: 'M2 2h3.500v12H2zM6.300 2h3.500v12H6.300zM10.600 2H14v12h-3.400z',
  padding: 'M5 5h6v6H5zM2 2h2M6 2h4M12 2h2M2 14h2M6 14h4M12 14h2M2 5v2M2 9v2M14 5v2M14 9v2',
  reshape: 'M2 4h5v8H2zM9 8h5M12 6l2 2-2 2',
  dropout: 'M2 2h12v12H2zM2 2l12 12M14 2L2 14',
  input: 'M2 8h9M8 4.500L11.500 8 8 11.500M14 3v10',
  attention: 'M2 3h12M2 8h12M2 13h12M4 3l8 5M12 3L4 8M4 8l8 5M12 8l-8 5',
  recurrent: 'M1.500 11h3M11.500 11h3M4.500 8.500h7v5h-7zM6 8.500C2 2 14 2 10.500 7.500M8.500 6.500l2 1.500 1.500-2',
  other: 'M8 3a5 5 0 1 0 .01 0z',
  block: 'M2 5h12v8H2zM4 5V3h8v2'
};

/** A small drawing of what a layer does. Its name stands beside it. */
export function OpIcon({ family }: { family: Family | 'block' }): React.ReactElement {
  return (
    <svg
      className="jp-GradLens-opIcon"
      data-family={family}
      viewBox="0 0 16 16"
      width="14"
      height="14"
      aria-hidden="true"
    >
      <path d={DRAWINGS[family]} />
    </svg>
  );
}
