/**
 * Weights in legacy `.h5` files: a group for each layer of the outermost
 * model, listing its weights by name (`conv1/kernel:0` by Keras 2,
 * `conv1/kernel` by Keras 3; nested models' with all their layers'). Matched
 * by name, because nested models list non-trainable weights last.
 */
import type { WeightRef } from '../../graph/model-graph';
import type { Hdf5File } from '../hdf5';
import type { LayerHome } from './flatten';
import { roleOfName } from './roles';
import type { WeightSource } from './weight-source';

interface Listed {
  /** As listed: the path of the data set inside the layer's group. */
  path: string;
  /** Without `:0`, split at `/`. */
  parts: string[];
}

export class H5Weights implements WeightSource {
  private listed = new Map<string, Listed[]>();

  /** `root` is the group of all layers: `model_weights`. */
  constructor(
    private file: Hdf5File,
    private root: string
  ) {}

  find(home: LayerHome, op: string, roles: readonly string[]): Record<string, WeightRef> {
    const group = home.names[0];
    const all = roles.length ? this.listOf(group).map(listed => ({ ...listed, parts: joined(op, listed.parts) })) : [];
    const own = home.names.length === 1 ? all : this.ofNested(all, home.names);
    const found: Record<string, WeightRef> = {};
    for (const { path, parts } of this.inOrder(own, op, roles)) {
      const role = roleOfName(op, parts[parts.length - 1]);
      const weight = this.file.weight(`${this.root}/${group}/${path}`, parts.join('/'));
      if (weight && roles.includes(role)) {
        found[role] = weight;
      }
    }
    return found;
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

  /**
   * Those whose name, but for the role, ends like the layer's path; where
   * several do, those that agree with more of the path and have less besides
   * (`conv1/conv` is not `block/conv1/conv`).
   */
  private ofNested(all: Listed[], names: string[]): Listed[] {
    const path = names.flatMap(name => name.split('/'));
    const own = names[names.length - 1].split('/').length;
    const match = ({ parts }: Listed): number => {
      let count = 0;
      while (count < path.length && path[path.length - 1 - count] === parts[parts.length - 2 - count]) {
        count++;
      }
      return count >= own ? count - (parts.length - 1 - count) / (parts.length + 1) : 0;
    };
    const best = Math.max(0, ...all.map(match));
    return best === 0 ? [] : all.filter(listed => match(listed) === best);
  }

  /** Names that say nothing (`variable_3`) are taken in Keras' order. */
  private inOrder(own: Listed[], op: string, roles: readonly string[]): Listed[] {
    const known = own.filter(({ parts }) => roles.includes(roleOfName(op, parts[parts.length - 1])));
    return known.length === 0 && own.length === roles.length
      ? own.map((listed, i) => ({ path: listed.path, parts: [...listed.parts.slice(0, -1), roles[i]] }))
      : known;
  }
}

/** The weights of layers inside a layer as its own: `mha/attention_output/kernel` as `mha/output_kernel`. */
function joined(op: string, parts: string[]): string[] {
  const [part, role] = parts.slice(-2);
  return op === 'MultiHeadAttention' && parts.length > 2 ? [...parts.slice(0, -2), `${part.replace(/^attention_/, '')}_${role}`] : parts;
}
