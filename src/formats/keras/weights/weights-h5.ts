/**
 * Weights in legacy `.h5` files: a group for each layer of the outermost
 * model, listing its weights by name, nested models' with all their layers'.
 */
import type { WeightRef } from '../../../graph/model-graph';
import type { Hdf5Tree } from '../../containers/hdf5-parts';
import type { LayerHome } from '../nodes/flat-node';
import { inOrder, joined, type Listed, matchByName } from './match-names';
import type { WeightSource } from './weight-source';

export class H5Weights implements WeightSource {
  private listed = new Map<string, Listed[]>();

  /** `root` is the group of all layers: `model_weights`. */
  constructor(
    private file: Hdf5Tree,
    private root: string
  ) {}

  find(home: LayerHome, op: string, roles: readonly string[]): Record<string, WeightRef> {
    const group = home.names[0];
    const all = roles.length ? this.listOf(group) : [];
    // Keras 2 gives the weights of what a wrapper wraps the wrapper's name.
    const ways = home.isWrapped ? [home.names, home.names.slice(0, -1)] : [home.names];
    const isDeclared = home.spec.declared !== undefined;
    const own = ways.map(names => this.named(all, names, op, roles, isDeclared)).find(({ length }) => length > 0) ?? [];
    const found: Record<string, WeightRef> = {};
    for (const { listed, role } of own) {
      const weight = this.file.weight(
        `${this.root}/${group}/${listed.path}`,
        [...listed.parts.slice(0, -1), role].join('/')
      );
      if (weight) {
        found[role] = weight;
      }
    }
    return found;
  }

  private named(all: Listed[], names: string[], op: string, roles: readonly string[], isDeclared: boolean) {
    return names.length > 1
      ? matchByName(all, names, op, roles, isDeclared)
      : inOrder(
          all.map(listed => ({ listed, parts: joined(op, listed.parts, names[0]) })),
          op,
          roles,
          isDeclared
        );
  }

  private listOf(group: string): Listed[] {
    let list = this.listed.get(group);
    if (!list) {
      const names = this.file.texts(`${this.root}/${group}`, 'weight_names') ?? [];
      list = names.map(path => ({ path, parts: path.replace(/:\d+$/, '').split('/') }));
      this.listed.set(group, list);
    }
    return list;
  }
}
