/**
 * Calls of recurrent layers as nodes: one for each output that is read, since
 * a node has one output. Bidirectional becomes its two layers and what merges
 * them; RNN becomes the layer that its cell is the cell of.
 */
import { type Attributes, type NodeInput } from '../../../graph/model-graph';
import { isMessage, type Message, message } from '../../../messages/message';
import { type Config, configAt, isConfig, stringAt } from '../config/json';
import { type Call, type LayerSpec, TensorRef, tensorsIn } from '../config/spec';
import { type FlatNode, type LayerHome, toInput } from '../nodes/flat-node';
import { normaliseAttributes } from './attributes';

/** Last states of each class. */
const STATES: Readonly<Record<string, number>> = {
  SimpleRNN: 1,
  LSTM: 2,
  GRU: 1,
  ConvLSTM1D: 2,
  ConvLSTM2D: 2,
  ConvLSTM3D: 2
};

const CELL_CLASSES: Readonly<Record<string, string>> = { SimpleRNNCell: 'SimpleRNN', LSTMCell: 'LSTM', GRUCell: 'GRU' };

export const isRecurrent = (className: string): boolean =>
  Object.hasOwn(STATES, className) || className === 'Bidirectional' || className === 'RNN';

/** The surroundings of a call. */
export interface Surroundings {
  isByKeras2: boolean;
  /** The home of the layer that is called. */
  home: LayerHome;
  /** Number of its outputs that others take. */
  outputs: number;
  resolve(ref: TensorRef): NodeInput;
}

/** The nodes, in order of running; `outputs` are those of the call. */
export interface RecurrentNodes {
  nodes: FlatNode[];
  outputs: NodeInput[];
}

interface Given {
  sequence: NodeInput;
  states: NodeInput[];
  mask: NodeInput | null;
}

/** The layer's nodes, or why it cannot run, to follow its name. */
export function recurrentNodes(
  layer: LayerSpec,
  call: Call,
  id: string,
  around: Surroundings
): RecurrentNodes | Message {
  if (layer.custom) {
    return message('%1, which exists only as Python code', layer.custom);
  }
  const given = givenBy(call, around);
  if (isMessage(given)) {
    return given;
  }
  if (layer.className === 'Bidirectional') {
    return bothWays(layer, given, id, around);
  }
  const own = asLayer(layer.className, layer.config);
  return isMessage(own) ? own : oneWay(own, given, id, layer.className, around.home, around);
}

interface OwnLayer {
  op: string;
  config: Config;
}

/** The class and config of a layer that may be an RNN with a cell. */
function asLayer(className: string, config: Config): OwnLayer | Message {
  if (className !== 'RNN') {
    return Object.hasOwn(STATES, className)
      ? { op: className, config }
      : message('runs a layer of the class %1 over the steps, which GradLens cannot do', className);
  }
  const cell = isConfig(config.cell) ? config.cell : {};
  const name = stringAt(cell, 'class_name') ?? '';
  const flags = Object.fromEntries(Object.entries(config).filter(([key]) => key !== 'cell'));
  return Object.hasOwn(CELL_CLASSES, name)
    ? { op: CELL_CLASSES[name], config: { ...configAt(cell, 'config'), ...flags } }
    : message('has a cell of the class %1, which GradLens cannot run', name);
}

/** Inputs of a call: `(sequences, initial_state, mask)` by Keras 3, states behind the sequence by Keras 2. */
function givenBy({ args, kwargs }: Call, { isByKeras2, resolve }: Surroundings): Given | Message {
  const [sequence, ...rest] = tensorsIn(args[0] ?? kwargs.sequences ?? kwargs.inputs);
  if (!sequence) {
    return message('is called without a sequence');
  }
  const [second, third] = isByKeras2 ? [undefined, args[1]] : [args[1], args[2]];
  const mask = kwargs.mask ?? third ?? null;
  if (mask !== null && !(mask instanceof TensorRef)) {
    return message('is called with a mask that is no tensor');
  }
  if ((kwargs.constants ?? null) !== null) {
    return message('is called with constants');
  }
  const states = [...rest, ...tensorsIn(second ?? null), ...tensorsIn(kwargs.initial_state ?? null)];
  return { sequence: resolve(sequence), states: states.map(resolve), mask: mask && resolve(mask) };
}

/** A layer of one direction: a node for the output, and one for each last state that is read. */
function oneWay(
  { op, config }: OwnLayer,
  given: Given,
  id: string,
  className: string,
  home: LayerHome,
  { isByKeras2, outputs: wanted }: Pick<Surroundings, 'isByKeras2' | 'outputs'>,
  further: Attributes = {}
): RecurrentNodes | Message {
  const states = STATES[op];
  if (given.states.length > 0 && given.states.length !== states) {
    return message('is called with %1 states in place of %2', given.states.length, states);
  }
  const attributes = {
    ...normaliseAttributes(op, config, isByKeras2),
    ...further,
    // Of a ConvLSTM, Keras 2 keeps this and does not read it.
    ...(isByKeras2 && op.startsWith('Conv') ? { zero_output_for_mask: false } : {})
  };
  const count = config.return_state === true ? Math.min(wanted, states + 1) : 1;
  const nodes = Array.from({ length: count }, (_, output): FlatNode => ({
    id: output === 0 ? id : `${id}:${output}`,
    op,
    className,
    attributes: { ...attributes, gives: output - 1 },
    inputs: [given.sequence, ...given.states],
    home: { ...home, cell: 'cell' },
    problem: null,
    knownShape: null,
    mask: given.mask
  }));
  return { nodes, outputs: nodes.map(toInput) };
}

function bothWays(layer: LayerSpec, given: Given, id: string, around: Surroundings): RecurrentNodes | Message {
  const entry = configAt(layer.config, 'layer');
  const forwards = configAt(entry, 'config');
  const other = layer.config.backward_layer;
  const backwards = isConfig(other)
    ? configAt(other, 'config')
    : { ...forwards, go_backwards: forwards.go_backwards !== true };
  const half = given.states.length / 2;
  const name = (stringAt(forwards, 'name') ?? '').replace(/^forward_/, '');
  const otherName = (stringAt(backwards, 'name') ?? '').replace(/^(?:forward|backward)_/, '');
  // Keras 3 keeps the name of a layer that was given for the way back.
  const isGiven = isConfig(other) && !around.isByKeras2;
  const halves = [
    { way: 'forward', name, config: forwards, className: stringAt(entry, 'class_name') ?? '', states: [0, half] },
    {
      way: 'backward',
      name: otherName,
      config: backwards,
      className: (isConfig(other) && stringAt(other, 'class_name')) || (stringAt(entry, 'class_name') ?? ''),
      states: [half, 2 * half]
    }
  ].map(({ way, name: own, config, className, states: [from, to] }) => {
    // Both Kerases force this; files of Keras 2 do not say so.
    const inner = asLayer(className, { ...config, zero_output_for_mask: config.return_sequences === true });
    const full = isGiven && way === 'backward' ? (stringAt(backwards, 'name') ?? '') : `${way}_${own}`;
    const home = {
      names: [...around.home.names, full],
      storage: `${around.home.storage}/${way}_layer`,
      spec: { ...around.home.spec, name: full }
    };
    return isMessage(inner)
      ? inner
      : oneWay(
          inner,
          { ...given, states: given.states.slice(from, to) },
          `${id}/${full}`,
          className,
          known(home, around.home.spec, way),
          { isByKeras2: around.isByKeras2, outputs: around.outputs > 1 ? 3 : 1 },
          // Its sequence is turned round again, so that steps of both meet.
          way === 'backward' ? { turned: true } : {}
        );
  });
  const [ahead, behind] = halves;
  if (isMessage(ahead)) {
    return ahead;
  }
  if (isMessage(behind)) {
    return behind;
  }
  const mode = layer.config.merge_mode === undefined ? 'concat' : layer.config.merge_mode;
  const merged = (own: string, inputs: NodeInput[]): FlatNode => ({
    id: own,
    op: 'Bidirectional',
    className: 'Bidirectional',
    attributes: { merge_mode: mode } as Attributes,
    inputs,
    home: null,
    problem: null,
    knownShape: null
  });
  const [y, ...statesAhead] = ahead.outputs;
  const [turned, ...statesBehind] = behind.outputs;
  const outputs = mode === null ? [merged(id, [y]), merged(`${id}:1`, [turned])] : [merged(id, [y, turned])];
  return {
    nodes: [...ahead.nodes, ...behind.nodes, ...outputs],
    outputs: [...outputs.map(toInput), ...statesAhead, ...statesBehind]
  };
}

/** Later calls of a Bidirectional share the weights of both halves. */
const specs = new WeakMap<LayerSpec, Record<string, LayerSpec>>();

function known(home: LayerHome, outer: LayerSpec, way: string): LayerHome {
  const all = specs.get(outer) ?? {};
  specs.set(outer, all);
  all[way] ??= home.spec;
  return { ...home, spec: all[way] };
}
