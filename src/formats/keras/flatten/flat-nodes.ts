/** The nodes of a flattened model by id, and those that operators are made of. */
import { ModelError, type NodeInput } from '../../../graph/model-graph';
import { message } from '../../../messages/message';
import { type FlatNode, toInput } from '../nodes/flat-node';
import { type ConstantArray, isOperation, type Operation, type Term } from '../operators';
import { inDialect } from './attributes';

/** Nodes of one model: layers, each as often as it is called, and operators. */
const MOST_NODES = 50_000;
/** Calls of models inside models. Two calls at each of 20 levels are a million, of a file of 20 kB. */
const MOST_MODELS = 20_000;

export class FlatNodes extends Map<string, FlatNode> {
  /** `isByKeras2`: whose dialect the file is in. */
  constructor(private isByKeras2: boolean) {
    super();
  }

  override set(id: string, node: FlatNode): this {
    if (this.size >= MOST_NODES) {
      throw new ModelError(
        message(
          'The model calls its layers more than %1 times in all, which is more than GradLens can show.',
          MOST_NODES
        )
      );
    }
    return super.set(id, node);
  }

  /** Counts a call of a model inside another. Throws ModelError where they multiply. */
  enter(): void {
    if (++this._models > MOST_MODELS) {
      throw new ModelError(
        message(
          'The model calls the models inside it more than %1 times in all, each as often as what is around it, which is more than GradLens can show.',
          MOST_MODELS
        )
      );
    }
  }

  private _models = 0;

  /** A node for an operation, before it one for each operation that it takes, however often it takes it. */
  operation(outermost: Operation, id: string, className: string, owner = id): FlatNode {
    const known = new Map<Operation, NodeInput>();
    const inner = (term: Term): NodeInput => {
      if (!isOperation(term)) {
        return term;
      }
      let made = known.get(term);
      if (!made) {
        const node = nodeOf(term);
        made = this.put({ ...node, id: this.freeId(owner, term.op.replace('op:', '')), partOf: owner });
        known.set(term, made);
      }
      return made;
    };
    const nodeOf = ({ op, attributes, inputs, grow }: Operation): FlatNode => ({
      id,
      op,
      className,
      attributes: inDialect(attributes, this.isByKeras2),
      inputs: inputs.map(inner),
      home: null,
      problem: null,
      knownShape: null,
      ...(grow ? { grow } : {})
    });
    return nodeOf(outermost);
  }

  /** An id for a node inside an operator. */
  freeId(operator: string, name: string): string {
    let [id, count] = [`${operator}/${name}`, 1];
    while (this.has(id)) {
      id = `${operator}/${name}_${count++}`;
    }
    return id;
  }

  /** An array among an operator's operands, as a node of its own. */
  constant(operator: string, { shape, values }: ConstantArray): NodeInput {
    const id = this.freeId(operator, 'constant');
    return this.put({
      partOf: operator,
      id,
      op: 'Constant',
      className: 'Constant',
      attributes: {},
      inputs: [],
      home: null,
      problem: null,
      knownShape: shape,
      constant: { name: id, shape, dtype: 'float32', read: () => values }
    });
  }

  private put(node: FlatNode): NodeInput {
    this.set(node.id, node);
    return toInput(node);
  }
}
