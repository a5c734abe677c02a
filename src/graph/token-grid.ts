/**
 * Tokens of a vision transformer as cells of an image. The rule: a value of
 * shape (n, tokens, features) that is made from an image lies as
 *
 * - the (h, w) image from which the tokens were reshaped, where h * w tokens,
 *   or one more, are left;
 * - else g x g cells, where there are g² tokens or g² + 1.
 *
 * The one more is a class token; it comes first, unless a Concatenate puts it
 * last. Values of that rank that come from no image are signals: one row.
 */
import { type GraphNode, type ModelGraph, sourcesOf } from './model-graph';

export interface TokenGrid {
  height: number;
  width: number;
  /** Index of the class token, or null. */
  classToken: number | null;
}

/** The grids of the nodes whose values are tokens, by node id. */
export function tokenGrids(graph: Pick<ModelGraph, 'nodes'>): ReadonlyMap<string, TokenGrid> {
  const grids = new Map<string, TokenGrid>();
  /** Nodes made from an image, with the last image's size where it is known. */
  const images = new Map<string, [number, number] | null>();
  for (const node of graph.nodes) {
    const sources = sourcesOf(node);
    const { outputShape: shape } = node;
    if (shape.length === 4) {
      const [height, width] = shape.slice(1);
      images.set(node.id, height && width && height * width > 1 ? [height, width] : null);
      continue;
    }
    const from = sources.find(source => images.has(source));
    if (from === undefined) {
      continue;
    }
    images.set(node.id, images.get(from) ?? null);
    const tokens = shape[1];
    if (shape.length === 3 && tokens) {
      const grid = inherited(node, tokens, sources, grids) ?? fitted(tokens, images.get(from) ?? null);
      if (grid) {
        grids.set(node.id, grid);
      }
    }
  }
  return grids;
}

function inherited(
  node: GraphNode,
  tokens: number,
  sources: string[],
  grids: ReadonlyMap<string, TokenGrid>
): TokenGrid | null {
  for (const [i, source] of sources.entries()) {
    const grid = grids.get(source);
    if (grid) {
      const { height, width } = grid;
      const cells = height * width;
      const before = grid.classToken === null ? cells : cells + 1;
      if (tokens === before) {
        return grid;
      }
      if (tokens === cells || tokens === cells + 1) {
        return {
          height,
          width,
          classToken: tokens === cells ? null : node.op === 'Concatenate' && i === 0 && sources.length > 1 ? cells : 0
        };
      }
    }
  }
  return null;
}

function fitted(tokens: number, image: [number, number] | null): TokenGrid | null {
  const side = Math.floor(Math.sqrt(tokens));
  const sizes: [number, number][] = [...(image ? [image] : []), [side, side]];
  for (const [height, width] of sizes) {
    const cells = height * width;
    if (cells > 1 && (tokens === cells || tokens === cells + 1)) {
      return { height, width, classToken: tokens === cells ? null : 0 };
    }
  }
  return null;
}

/** Values (n, tokens, features) of a grid as an image (n, h, w, features), the class token left out. */
export function tokensAsImage(
  data: Float32Array,
  shape: number[],
  { height, width, classToken }: TokenGrid
): { data: Float32Array; shape: number[] } {
  const [samples, tokens, features] = shape;
  const image = [samples, height, width, features];
  if (classToken === null) {
    return { data, shape: image };
  }
  const kept = new Float32Array(samples * height * width * features);
  const start = classToken === 0 ? features : 0;
  for (let sample = 0; sample < samples; sample++) {
    const from = sample * tokens * features + start;
    kept.set(data.subarray(from, from + height * width * features), sample * height * width * features);
  }
  return { data: kept, shape: image };
}
