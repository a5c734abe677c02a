/** The nodes of a flattened model by id, and those that operators are made of. */
import type { NodeInput } from '../../../graph/model-graph';
import { type FlatNode, toInput } from '../nodes/flat-node';
import { type ConstantArray, isOperation, type Operation, type Term } from '../operators';
import { inDialect } from './attributes';

export class FlatNodes extends Map<string, FlatNode> {
  /** `isByKeras2`: whose dialect the file is in. */
  constructor(private isByKeras2: boolean) {
    super();
  }

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
