/**
 * Weights in `.keras` archives: `layers/conv2d_1/vars/0`, by class and count,
 * not by name (Keras 3, keras/src/saving/saving_lib.py). Newer files also
 * note the layer's name, which settles doubts.
 */
import { ATTENTION_PARTS, hasAttentionParts } from '../../../graph/classes/attention';
import { addTo } from '../../../graph/lists';
import type { WeightRef } from '../../../graph/model-graph';
import type { Hdf5Tree } from '../../containers/hdf5-parts';
import type { LayerHome } from '../nodes/flat-node';
import type { WeightSource } from './weight-source';

/** Other names of the `layers` container: Keras 2.12 and 2.13. */
const CONTAINERS = ['layers', '_layer_checkpoint_dependencies'];

/** Groups that are looked through for a layer by its name: a file has a few for each layer. */
const MOST_GROUPS = 50_000;

export class KerasWeights implements WeightSource {
  /** Paths of `vars` groups by the layer name noted in them, found when first needed. */
  private named: Map<string, string[]> | null = null;

  constructor(private file: Hdf5Tree) {}

  find(home: LayerHome, op: string, roles: readonly string[]): Record<string, WeightRef> {
    const vars = roles.length ? this.pathOf(home) : null;
    const found: Record<string, WeightRef> = {};
    const take = (group: string, own: readonly string[]) =>
      own.forEach((role, i) => {
        const weight = this.file.weight(`${group}/${i}`, `${home.names.join('/')}/${role}`);
        if (weight) {
          found[role] = weight;
        }
      });
    if (vars && hasAttentionParts(op)) {
      const layer = vars.replace(/vars$/, '');
      for (const part of ATTENTION_PARTS) {
        // Keras 2 keeps the underscore of the attribute's name.
        const group = [`${layer}${part}_dense/vars`, `${layer}_${part}_dense/vars`].find(path =>
          this.file.hasGroup(path)
        );
        take(group ?? vars, group ? roles.filter(role => role.startsWith(`${part}_`)) : []);
      }
    } else if (vars && home.cell) {
      take(`${vars.replace(/vars$/, '')}${home.cell}/vars`, roles);
    } else if (vars && (home.spec.declared === undefined || this.file.keys(vars).length === roles.length)) {
      take(vars, roles);
    }
    return found;
  }

  private pathOf(home: LayerHome): string | null {
    const name = home.names[home.names.length - 1];
    for (const container of CONTAINERS) {
      const path = `${home.storage.replace(/(^|\/)layers\//g, `$1${container}/`)}/vars`;
      const noted = this.file.text(path, 'name');
      if (noted === name || (noted === null && this.file.hasGroup(path))) {
        return path;
      }
    }
    // A layer shared with another model is stored where Keras met it first.
    const candidates = this.byName().get(name) ?? [];
    return candidates.length === 1 ? candidates[0] : null;
  }

  /** Groups that may yet be visited: links may lead back to a group, and each way to it is another path. */
  private left = MOST_GROUPS;

  private byName(): Map<string, string[]> {
    if (!this.named) {
      const named = (this.named = new Map<string, string[]>());
      this.walk('', 0, (path, name) => addTo(named, name, path));
    }
    return this.named;
  }

  private walk(path: string, depth: number, note: (path: string, name: string) => void): void {
    if (depth > 64 || this.left-- <= 0) {
      return;
    }
    for (const key of this.file.keys(path || '/')) {
      const child = path ? `${path}/${key}` : key;
      if (key === 'vars') {
        const name = this.file.text(child, 'name');
        if (name !== null) {
          note(child, name);
        }
      } else {
        this.walk(child, depth + 1, note);
      }
    }
  }
}
