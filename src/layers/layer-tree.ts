/**
 * Blocks of a model, inferred from its layers' names.
 *
 * Files store a flat list of layers; people think in `conv5_block32`. A block is
 * what several neighbouring layers' names begin with (or, as in NASNet, end in).
 */
import { isMerge } from '../graph/classes';
import type { LayerInfo } from '../graph/layer-info';

export interface LayerLeaf {
  kind: 'layer';
  /** Unique in the tree. */
  key: string;
  label: string;
  layer: LayerInfo;
}

export interface LayerBlock {
  kind: 'block';
  key: string;
  label: string;
  children: LayerNode[];
  /** All layers below, in the model's order. */
  layers: LayerInfo[];
  parameters: number;
  /** Of the block's last layer. */
  outputShape: (number | null)[];
}

export type LayerNode = LayerLeaf | LayerBlock;

/** A layer with its name cut into words. */
interface Entry {
  layer: LayerInfo;
  words: readonly Word[];
  /** Keras gave the name, not a person. */
  isAutomatic: boolean;
}

/** A word of a name and where it ends in it. */
interface Word {
  text: string;
  end: number;
  /** Followed by `/`: what is before it is a nested model, or a Keras 2 name scope. */
  isScope: boolean;
}

/** Words alone make a block only where they stand together this often. */
const SMALLEST_PLAIN_BLOCK = 3;
const SMALLEST_CELL = 4;
/** A block of this size is seen at a glance: it is not divided further. */
const LARGEST_PLAIN_BLOCK = 12;
/** Shared by more than this share of the layers, a beginning divides nothing: it is the model's own name. */
const MODEL_NAME_SHARE = 0.9;

/**
 * The tree of blocks and layers, in the model's order.
 *
 * @param layers - In topological order, as the engine lists them.
 */
export function layerTree(layers: readonly LayerInfo[]): LayerNode[] {
  const entries = layers.map(layer => ({ layer, words: wordsOf(layer.id), isAutomatic: isAutomaticName(layer) }));
  return group(entries, 0, '');
}

function group(entries: readonly Entry[], depth: number, scope: string): LayerNode[] {
  const { owner, depths } = prefixBlocks(entries, depth);
  endingCells(entries, owner);
  absorbAutomatic(entries, owner, depth === 0);

  const members = new Map<string, Entry[]>();
  const nodes: (Entry | string)[] = [];
  entries.forEach((entry, i) => {
    const key = owner[i];
    const block = key === null ? null : members.get(key);
    if (block) {
      block.push(entry);
    } else {
      nodes.push(key ?? entry);
      if (key !== null) {
        members.set(key, [entry]);
      }
    }
  });
  return nodes.map(node =>
    typeof node === 'string'
      ? makeBlock(node, members.get(node) ?? [], depths.get(node) ?? null, scope)
      : leaf(node, scope)
  );
}

function makeBlock(key: string, entries: readonly Entry[], depth: number | null, scope: string): LayerBlock {
  const isNested = key.endsWith('/');
  const inner = isNested ? key : scope;
  const isWhole = depth === null || (!isNested && entries.length <= LARGEST_PLAIN_BLOCK);
  const children = isWhole ? entries.map(entry => leaf(entry, inner)) : group(entries, depth, inner);
  const layers = entries.map(entry => entry.layer);
  return {
    kind: 'block',
    key,
    label: (isNested ? key.slice(0, -1) : key).slice(scope.length),
    children,
    layers,
    parameters: layers.reduce((sum, layer) => sum + layer.parameters, 0),
    outputShape: layers[layers.length - 1].outputShape
  };
}

function leaf({ layer }: Entry, scope: string): LayerLeaf {
  const label = layer.id.startsWith(scope) ? layer.id.slice(scope.length) : layer.id;
  return { kind: 'layer', key: layer.id, label, layer };
}

/** For each entry the shortest further prefix that makes a block; and each block's length in words. */
function prefixBlocks(
  entries: readonly Entry[],
  depth: number
): { owner: (string | null)[]; depths: Map<string, number> } {
  const runs = spansOf(entries, entry =>
    entry.words
      .slice(depth)
      .flatMap((word, i) => (entry.isAutomatic && !word.isScope ? [] : [prefix(entry, depth + i + 1)]))
  );
  const depths = new Map<string, number>();
  const owner = entries.map(entry => {
    for (let n = depth + 1; n <= entry.words.length; n++) {
      const key = prefix(entry, n);
      const run = runs.get(key);
      const most = depth === 0 ? MODEL_NAME_SHARE * entries.length : entries.length - 1;
      if (run && run.count > 1 && run.count <= most && isBlock(entry.words, n, run)) {
        depths.set(key, n);
        return key;
      }
    }
    return null;
  });
  return { owner, depths };
}

function isBlock(words: readonly Word[], n: number, { count, first, last }: Span): boolean {
  if (words[n - 1].isScope) {
    return true;
  }
  const span = last - first + 1;
  return isNumbered(words, n) ? 2 * count >= span : count >= SMALLEST_PLAIN_BLOCK && count === span;
}

interface Span {
  count: number;
  /** Places of the first and the last, not counting layers that Keras named. */
  first: number;
  last: number;
}

/** Counts each key, with its first and last place. */
function spansOf(entries: readonly Entry[], keysOf: (entry: Entry, i: number) => string[]): Map<string, Span> {
  const spans = new Map<string, Span>();
  let place = 0;
  entries.forEach((entry, i) => {
    for (const key of keysOf(entry, i)) {
      const span = spans.get(key);
      if (span) {
        span.count++;
        span.last = place;
      } else {
        spans.set(key, { count: 1, first: place, last: place });
      }
    }
    place += entry.isAutomatic ? 0 : 1;
  });
  return spans;
}

/**
 * True if the prefix of n words ends in a number that counts blocks: `conv5`, `block1a`, `block_1`, but not `block1_2`.
 */
function isNumbered(words: readonly Word[], n: number): boolean {
  const last = words[n - 1].text;
  return /^\d+$/.test(last) ? n > 1 && !/\d/.test(words[n - 2].text) : /\d/.test(last);
}

/**
 * Cells as NASNet names them, by their ending: `normal_conv_1_5`, `adjust_bn_5`, …: fills in `owner` where nobody is.
 */
function endingCells(entries: readonly Entry[], owner: (string | null)[]): void {
  const ending = (entry: Entry, i: number): string[] => {
    const name = entry.isAutomatic || owner[i] !== null ? null : /_((?:reduce_|stem_)?\d+)$/.exec(entry.layer.id);
    return name ? [`…_${name[1]}`] : [];
  };
  const operations = new Map<string, Set<string>>();
  entries.forEach((entry, i) =>
    ending(entry, i).forEach(key => operations.set(key, (operations.get(key) ?? new Set()).add(entry.layer.op)))
  );
  const spans = spansOf(entries, ending);
  const cells = entries.map((entry, i) => {
    const [key] = ending(entry, i);
    const span = key === undefined ? undefined : spans.get(key);
    const isCell = span && span.count >= SMALLEST_CELL && 2 * span.count >= span.last - span.first + 1;
    return isCell && (operations.get(key)?.size ?? 0) > 1 ? key : null;
  });
  cells.forEach((key, i) => (owner[i] ??= key));
}

/**
 * Gives layers that Keras named to the block that they stand in: those between
 * two of its layers; a run before it or before a named merge (InceptionV3's
 * `mixed0`), which becomes a block; and what follows it up to a merge (Xception's `add_3`).
 */
function absorbAutomatic(entries: readonly Entry[], owner: (string | null)[], takesTail: boolean): void {
  for (let start = 0; start < entries.length; start++) {
    if (owner[start] !== null || !entries[start].isAutomatic || (start > 0 && isFree(start - 1))) {
      continue;
    }
    let end = start;
    while (end < entries.length && isFree(end)) {
      end++;
    }
    const before = start > 0 ? owner[start - 1] : null;
    const after = end < entries.length ? owner[end] : null;
    let merged = end - 1;
    while (merged >= start && !isMerge(entries[merged].layer.family)) {
      merged--;
    }
    if (before !== null && before === after) {
      owner.fill(before, start, end);
    } else if (before !== null && merged >= start && (takesTail || end < entries.length)) {
      owner.fill(before, start, merged + 1);
    } else if (end - start >= SMALLEST_CELL && end < entries.length) {
      if (after !== null) {
        owner.fill(after, start, end);
      } else if (isMerge(entries[end].layer.family)) {
        owner.fill(entries[end].layer.id, start, end + 1);
      }
    }
  }

  function isFree(i: number): boolean {
    return owner[i] === null && entries[i].isAutomatic;
  }
}

/** `conv2d_12`, `add`, `batch_normalization_v1_3`: the name that Keras gives when nobody does. */
function isAutomaticName({ id, op }: LayerInfo): boolean {
  const name = id.slice(id.lastIndexOf('/') + 1).replace(/@\d+$/, '');
  // An input begins a model and belongs to no block.
  if (op === 'InputLayer') {
    return false;
  }
  const plain = name.replace(/_\d+$/, '').replace(/_/g, '');
  return plain === op.toLowerCase().replace(/[_.:]/g, '');
}

function wordsOf(id: string): Word[] {
  const words: Word[] = [];
  for (const match of id.matchAll(/[^_/]+(?:[_/]|$)/g)) {
    const text = match[0].replace(/[_/]$/, '');
    words.push({ text, end: match.index + text.length, isScope: match[0].endsWith('/') });
  }
  return words;
}

function prefix({ layer, words }: Entry, n: number): string {
  const { end, isScope } = words[n - 1];
  return layer.id.slice(0, isScope ? end + 1 : end);
}
