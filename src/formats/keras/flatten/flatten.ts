/** Nested models to one flat list of nodes, every call of a layer a node. */
import { layerClass } from '../../../graph/classes';
import { type Attributes, ModelError, type NodeInput } from '../../../graph/model-graph';
import { isMessage, type Message, message } from '../../../messages/message';
import { type Call, countsAsKeras2, type LayerSpec, type ModelSpec, TensorRef, tensorsIn } from '../config/spec';
import { isOverSteps, isWrapper, wrapperProblem } from '../config/wrappers';
import { type FlatNode, toInput } from '../nodes/flat-node';
import { withMasks, type Writer } from '../nodes/masks';
import { type Sizes, sizesOf, withoutSizes } from '../nodes/sizes';
import { withoutRounding } from '../nodes/whole-numbers';
import { isWrappedOperator, type Operation, operationsOf, operatorTitle } from '../operators';
import { arrayOf } from '../operators/operator';
import { attentionCall, isAttention } from './attention-call';
import { canonicalClass, meantBy, normaliseAttributes } from './attributes';
import { isGiven, partsOfCall } from './call-arguments';
import { composition } from './composed-layers';
import { type CallCounts, countCalls } from './count-calls';
import { FlatNodes } from './flat-nodes';
import { showFrames } from './frames';
import { type CallOfLayer, keyOf, makeBefore } from './make-before';
import { outputNames } from './output-names';
import type { Place } from './place';
import { isRecurrent, recurrentNodes } from './recurrent';
import { isSwitchedOn, trainingProblem } from './training';

export interface FlatModel {
  /** In topological order. */
  nodes: FlatNode[];
  inputs: string[];
  outputs: { node: string; name: string }[];
}

/** Flattens `spec`. Throws ModelError when calls refer to what is not there, or in a circle. */
export function flatten(spec: ModelSpec, fileName: string, writer: Writer): FlatModel {
  const { isByKeras2 } = writer;
  const nodes = new FlatNodes(isByKeras2);
  const top = new Scope(
    spec,
    { prefix: '', names: [], storage: '', fileName, training: null, isByKeras2, keras2: countsAsKeras2(spec) },
    nodes,
    null
  );
  top.visitAll();
  const outputs = outputNames(spec).map((name, i) => {
    const found = top.resolveOutput(spec.outputs[i]);
    if ('constant' in found) {
      throw new ModelError(message('%1 has a constant as output, which GradLens cannot explain.', fileName));
    }
    return { node: found.node, name };
  });
  const used = withoutSizes([...nodes.values()], new Set(outputs.map(({ node }) => node)));
  return { nodes: withMasks(withoutRounding(used, isByKeras2), writer), inputs: top.inputNodes(), outputs };
}

/** One call of one model: its layers' calls become nodes. */
class Scope {
  private layers = new Map<string, LayerSpec>();
  /** Outputs by layer and call, once made; null while being made. */
  private made = new Map<string, NodeInput[] | null>();
  private counts: CallCounts;

  /** `given` are the values for the model's inputs, or null for the outermost model. */
  constructor(
    private spec: ModelSpec,
    private place: Place,
    private nodes: FlatNodes,
    private given: NodeInput[] | null
  ) {
    spec.layers.forEach(layer => this.layers.set(layer.name, layer));
    this.counts = countCalls(spec, place.keras2);
  }

  visitAll(): void {
    for (const layer of this.spec.layers) {
      const calls = layer.className === 'InputLayer' ? 1 : layer.calls.length;
      for (let call = 0; call < calls; call++) {
        this.outputsOf(layer.name, call);
      }
    }
  }

  inputNodes(): string[] {
    return this.spec.inputs.flatMap(ref => {
      const found = this.resolve(ref);
      return 'node' in found ? [found.node] : [];
    });
  }

  /** The value of an output of the model. */
  resolveOutput(ref: TensorRef): NodeInput {
    return this.resolve(ref, this.counts.firstOutput);
  }

  /** The value of a tensor that a layer reads; `first` has what the first call of a layer is counted as. */
  resolve(ref: TensorRef, first: ReadonlyMap<string, number> = this.counts.firstRead): NodeInput {
    const outputs = this.outputsOf(ref.layer, this.callAt(ref, first));
    const found = outputs[ref.output] ?? this.stopAt(outputs[0]);
    if (!found) {
      throw this.broken(message('the layer %1%2 has no output %3', this.place.prefix, ref.layer, ref.output));
    }
    if (found === outputs[ref.output]) {
      this.noteShape(found, ref);
    }
    return found;
  }

  /** The one output that is kept of a layer that cannot run: what reads its others comes after it just the same. */
  private stopAt(only: NodeInput | undefined): NodeInput | null {
    const node = only && 'node' in only ? this.nodes.get(only.node) : undefined;
    return only && node && (node.problem !== null || !layerClass(node.op)) ? only : null;
  }

  private noteShape(found: NodeInput, ref: TensorRef): void {
    if ('node' in found && ref.shape) {
      const node = this.nodes.get(found.node);
      if (node) {
        node.knownShape ??= ref.shape;
      }
    }
  }

  private outputsOf(name: string, call: number): NodeInput[] {
    if (!this.made.has(keyOf({ layer: name, call }))) {
      makeBefore(
        { layer: name, call },
        at => this.takenBy(at),
        at => this.outputsAt(at.layer, at.call)
      );
    }
    return this.outputsAt(name, call);
  }

  private takenBy({ layer, call }: CallOfLayer): CallOfLayer[] | null {
    const made = this.made.has(keyOf({ layer, call })) ? undefined : this.layers.get(layer)?.calls[call];
    return made
      ? tensorsIn([...made.args, made.kwargs]).map(ref => ({ layer: ref.layer, call: this.callAt(ref) }))
      : null;
  }

  private callAt = (ref: TensorRef, first = this.counts.firstRead): number => ref.call - (first.get(ref.layer) ?? 0);

  private outputsAt(name: string, call: number): NodeInput[] {
    const key = keyOf({ layer: name, call });
    const done = this.made.get(key);
    if (done) {
      return done;
    }
    const layer = this.layers.get(name);
    if (!layer) {
      throw this.broken(message('there is no layer %1%2', this.place.prefix, name));
    }
    if (done === null) {
      throw this.broken(message('the layer %1%2 depends on itself', this.place.prefix, name));
    }
    this.made.set(key, null);
    const outputs = this.make(layer, call);
    this.made.set(key, outputs);
    return outputs;
  }

  private make(layer: LayerSpec, call: number): NodeInput[] {
    const isCalled = layer.calls.length > 0;
    const own = isCalled ? this.place.sole : undefined;
    const id = own ?? `${this.place.prefix}${layer.name}${call ? `@${call}` : ''}`;
    if (layer.className === 'InputLayer' && layer.calls.length === 0) {
      const index = this.spec.inputs.findIndex(ref => ref.layer === layer.name);
      return this.given && index >= 0 ? [this.givenAt(index)] : [this.add(this.layerNode(layer, id, []))];
    }
    const made = layer.calls[call];
    if (!made) {
      throw this.broken(message('the layer %1%2 is not called %3 times', this.place.prefix, layer.name, call + 1));
    }
    if (isWrapper(layer.className) && layer.model) {
      return this.wrapped(layer, layer.model, made, id);
    }
    if (layer.model) {
      return this.enter(layer, layer.model, this.tensors(made), id, made.kwargs.training);
    }
    if (layer.isOperator || isWrappedOperator(layer.className)) {
      return this.operatorNodes(layer, made, id).map(node => this.add(node));
    }
    const isTraining = this.place.isByKeras2 && isSwitchedOn(made.kwargs.training ?? this.place.training);
    const problem = isTraining ? trainingProblem(layer) : null;
    if (problem) {
      return [this.add({ ...this.layerNode(layer, id, this.tensors(made)), problem })];
    }
    if (isRecurrent(layer.className)) {
      return this.recurrent(layer, made, id);
    }
    return isAttention(canonicalClass(layer.className))
      ? this.attentionNodes(layer, id, made).map(node => this.add(node))
      : [this.add(this.maskedNode(layer, id, made))];
  }

  /** The mask that a call names is kept apart from what the layer reads. */
  private maskedNode(layer: LayerSpec, id: string, call: Call): FlatNode {
    const { read, mask, attributes, problem } = partsOfCall(layer.className, call);
    const node = this.layerNode(layer, id, this.tensors(read), attributes);
    const given = isGiven(mask) ? this.inputsOf([tensorsIn(mask)[0] ?? mask], id) : [];
    const unread = given ? problem : message('is called with a mask that is neither a tensor nor an array');
    return { ...node, problem: node.problem ?? unread, ...(given?.[0] ? { mask: given[0] } : {}) };
  }

  private enter(
    layer: LayerSpec,
    model: ModelSpec,
    given: NodeInput[],
    id: string,
    training: unknown,
    sole?: string
  ): NodeInput[] {
    this.nodes.enter();
    const inside = new Scope(
      model,
      {
        ...this.place,
        sole,
        training: training ?? this.place.training,
        prefix: `${id}/`,
        names: [...this.place.names, layer.name],
        storage: `${this.storageOf(layer)}/`
      },
      this.nodes,
      given
    );
    inside.visitAll();
    return model.outputs.map(ref => inside.resolveOutput(ref));
  }

  /**
   * A layer around another, which stands for it; over steps, between two nodes that make samples of these and undo it.
   */
  private wrapped(layer: LayerSpec, model: ModelSpec, call: Call, id: string): NodeInput[] {
    const given = this.tensors(call).slice(0, 1);
    const problem = wrapperProblem(call, model.layers[1]);
    const mask = call.kwargs.mask instanceof TensorRef ? this.resolve(call.kwargs.mask) : null;
    const node: FlatNode = {
      id,
      op: layer.className,
      className: layer.className,
      attributes: {},
      inputs: given,
      home: null,
      problem,
      knownShape: null,
      mask
    };
    if (problem || given.length === 0) {
      return [this.add({ ...node, problem: problem ?? message('is called without a tensor') })];
    }
    if (!isOverSteps(layer)) {
      const isLayer = model.layers[1].model === null;
      const outputs = this.enter(layer, model, given, id, call.kwargs.training, isLayer ? id : undefined);
      Object.assign(this.nodes.get(id) ?? {}, mask ? { mask } : {});
      return outputs;
    }
    const merged = this.add({ ...node, id: this.nodes.freeId(id, 'steps'), op: 'op:merge_steps', partOf: id });
    const before = new Set(this.nodes.keys());
    const outputs = this.enter(layer, model, [merged], id, call.kwargs.training);
    const inner = [...this.nodes.values()].filter(made => !before.has(made.id));
    const isModel = model.layers[1].model !== null;
    const mergedOf = isModel ? showFrames(this.nodes, inner, merged, given[0]) : (of: NodeInput) => of;
    if (!isModel) {
      inner.forEach(made => (made.partOf ??= id));
    }
    return outputs.map((output, i) =>
      this.add({ ...node, id: i === 0 ? id : `${id}:${i}`, op: 'op:split_steps', inputs: [mergedOf(output), ...given] })
    );
  }

  private storageOf({ attribute, storage }: LayerSpec): string {
    return `${this.place.storage}${attribute ?? `layers/${storage}`}`;
  }

  private layerNode(layer: LayerSpec, id: string, inputs: NodeInput[], called: Attributes = {}): FlatNode {
    const { op, config } = meantBy(layer.className, layer.config, this.place.isByKeras2);
    const attributes = { ...normaliseAttributes(op, config, this.place.isByKeras2), ...called };
    const grow = composition(op, attributes);
    return {
      ...(grow ? { grow } : {}),
      id,
      op,
      className: layer.className,
      attributes,
      inputs,
      home: {
        names: [...this.place.names, layer.name],
        storage: this.storageOf(layer),
        spec: layer,
        isWrapped: layer.attribute !== undefined
      },
      problem: layer.custom && message('%1, which exists only as Python code', layer.custom),
      knownShape: null
    };
  }

  private recurrent(layer: LayerSpec, call: Call, id: string): NodeInput[] {
    const node = this.layerNode(layer, id, []);
    const made = recurrentNodes(layer, call, id, {
      isByKeras2: this.place.isByKeras2,
      home: node.home!,
      outputs: this.counts.usedOutputs.get(layer.name) ?? 1,
      resolve: ref => this.resolve(ref)
    });
    if (!('nodes' in made)) {
      return [this.add({ ...node, inputs: this.tensors(call), problem: made })];
    }
    made.nodes.forEach(each => this.add(each));
    return made.outputs;
  }

  /** The values, and the scores behind them where the call gives both. */
  private attentionNodes(layer: LayerSpec, id: string, made: Call): FlatNode[] {
    const config = this.layerNode(layer, id, []);
    const call = attentionCall(config.op, made, config.attributes);
    const inputs = isMessage(call) ? null : this.inputsOf(call.inputs, id);
    if (isMessage(call) || !inputs) {
      const problem = isMessage(call) ? call : message('is called with what is neither a tensor nor an array');
      return [{ ...config, inputs: this.tensors(made), problem: config.problem ?? problem }];
    }
    const outputs = call.scores ? ['values', 'scores'] : ['values'];
    const masking = this.place.isByKeras2 ? 'add' : call.scores ? 'softmax' : 'where';
    return outputs.map((gives, i) => ({
      ...config,
      id: i === 0 ? id : `${id}:${i}`,
      inputs,
      attributes: { ...config.attributes, ...call.attributes, gives, masking }
    }));
  }

  /** Tensors, and arrays as constants; null where one is neither. */
  private inputsOf(values: readonly unknown[], id: string): NodeInput[] | null {
    const inputs = values.map(value => {
      const array = value instanceof TensorRef ? null : arrayOf(value);
      return value instanceof TensorRef ? this.resolve(value) : array && this.nodes.constant(id, array);
    });
    return inputs.every(input => input !== null) ? inputs : null;
  }

  /** A node for each output of an operator: `split`, `split:1`, … */
  private operatorNodes(layer: LayerSpec, call: Call, id: string): FlatNode[] {
    const operations = operationsOf(
      layer,
      call,
      ref => this.resolve(ref),
      value => this.nodes.constant(id, value),
      this.counts.usedOutputs.get(layer.name) ?? 1,
      ref => this.sizes(ref)
    );
    const className = operatorTitle(layer);
    if (isMessage(operations)) {
      return [
        {
          id,
          op: `op:${className}`,
          className,
          attributes: {},
          inputs: this.tensors(call),
          home: null,
          problem: operations,
          knownShape: null
        }
      ];
    }
    return operations.map((operation: Operation, output) =>
      this.nodes.operation(operation, output === 0 ? id : `${id}:${output}`, className)
    );
  }

  private sizes(ref: TensorRef): Sizes | null {
    const found = this.resolve(ref);
    return 'node' in found ? sizesOf(this.nodes.get(found.node), this.nodes) : null;
  }

  private tensors(call: Call): NodeInput[] {
    return tensorsIn([...call.args, call.kwargs]).map(ref => this.resolve(ref));
  }

  private givenAt(index: number): NodeInput {
    const found = this.given?.[index];
    if (!found) {
      throw this.broken(message('the nested model %1 is called with too few inputs', this.place.names.join('/')));
    }
    return found;
  }

  private add(node: FlatNode): NodeInput {
    if (this.nodes.has(node.id)) {
      throw this.broken(message('two layers are called %1', node.id));
    }
    this.nodes.set(node.id, node);
    return toInput(node);
  }

  private broken(what: Message): ModelError {
    return new ModelError(
      message('%1 cannot be put together: %2. Save the model again with model.save().', this.place.fileName, what)
    );
  }
}
