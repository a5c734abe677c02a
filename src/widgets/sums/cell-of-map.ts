/** Which value of a layer a cell of its map shows. */
import type { CellOf } from '../../engine/protocol/sums';
import type { LayerInfo } from '../../graph/layer-info';
import type { Cell } from '../../viewer/layout/map-grid';

/** The index of a map's cell in the layer's output: tokens lie in rows of the image, signals and units in one row. */
export function cellOfMap(
  { id, tokens, outputShape }: LayerInfo,
  { row, column }: Cell,
  columns: number,
  channel: number,
  slice = 0
): CellOf {
  if (tokens) {
    return { layer: id, at: [row * columns + column + (tokens.classToken === 0 ? 1 : 0), channel] };
  }
  const at = [[], [column], [column, channel], [row, column, channel], [slice, row, column, channel]];
  return { layer: id, at: at[outputShape.length] ?? [row, column, channel] };
}
