/** A model's config, as JSON from either Keras, to a {@link ModelSpec}. */
import { layerClass } from '../../../graph/classes';
import { ModelError } from '../../../graph/model-graph';
import { message } from '../../../messages/message';
import type { StandIns } from '../../../mime/payload';
import { decodeCalls, reference } from './calls';
import { customReason } from './custom-classes';
import { type Config, configAt, isConfig, listAt, stringAt } from './json';
import { withFunction, withLists } from './op-layers';
import { type Call, type LayerSpec, type ModelSpec, TensorRef } from './spec';
import { withStandIns } from './stand-ins';
import { snakeCase } from './storage-names';
import { isWrapper } from './wrappers';

/** A row of layers that is a layer itself, and keeps their weights under a name of its own. */
const PIPELINE = 'Pipeline';

/** Nested deeper than this is no model that anybody made. */
const MAX_DEPTH = 32;

/**
 * Parses `{class_name, config}`. Throws ModelError for models that
 * only exist as Python code, and where `standIns` fit no layer.
 */
export const parseModel = (json: unknown, fileName: string, standIns: StandIns = {}): ModelSpec =>
  withStandIns(parse(json, fileName, 0), standIns, fileName);

function parse(json: unknown, fileName: string, depth: number): ModelSpec {
  if (!isConfig(json) || stringAt(json, 'class_name') === null) {
    throw new ModelError(
      message(
        '%1 holds no model that Keras could have written: its configuration has no class name. Save the model again with model.save().',
        fileName
      )
    );
  }
  if (depth > MAX_DEPTH) {
    throw new ModelError(
      message('%1 nests models more than %2 levels deep, which GradLens cannot follow.', fileName, MAX_DEPTH)
    );
  }
  const className = String(json.class_name);
  // Before Keras 2.2.3 a Sequential's config was the bare list of its layers.
  const config: Config = Array.isArray(json.config) ? { layers: json.config } : configAt(json, 'config');
  if (!isModelConfig(className, config)) {
    throw new ModelError(
      message(
        '%1 holds a model of the class %2, whose layers exist only as Python code. Build it as a Functional or Sequential model to look into it.',
        fileName,
        className
      )
    );
  }
  return Array.isArray(config.input_layers) || isConfig(config.input_layers)
    ? parseFunctional(config, className, fileName, depth)
    : parseSequential(config, className, fileName, depth);
}

/** Classes of models whose layers are called one after the other. */
const IN_A_ROW: ReadonlySet<string> = new Set(['Sequential', PIPELINE]);

/** True if a layer's config is that of a model with layers of its own. */
function isModelConfig(className: string, config: Config): boolean {
  return Array.isArray(config.layers) && (IN_A_ROW.has(className) || config.input_layers !== undefined);
}

function parseFunctional(config: Config, className: string, fileName: string, depth: number): ModelSpec {
  const layers = parseLayers(config, fileName, depth);
  const outputs = references(config.output_layers);
  if (outputs.length === 0 || layers.length === 0) {
    throw new ModelError(
      layers.length > 0
        ? message('%1 holds a %2 model without outputs. Save the model again with model.save().', fileName, className)
        : message('%1 holds a %2 model without layers. Save the model again with model.save().', fileName, className)
    );
  }
  return {
    name: stringAt(config, 'name') ?? 'model',
    kind: 'Functional',
    hasInputs: true,
    layers,
    inputs: references(config.input_layers),
    outputs,
    outputNames: isConfig(config.output_layers) ? Object.keys(config.output_layers).sort() : null
  };
}

/** Layers in a row: each is called once, on the one before it. */
function parseSequential(config: Config, className: string, fileName: string, depth: number): ModelSpec {
  const layers = parseLayers(config, fileName, depth);
  if (layers.length === 0) {
    throw new ModelError(
      message('%1 holds a %2 model without layers. Add layers and save it again.', fileName, className)
    );
  }
  const [{ className: firstClass, config: first }] = layers;
  const hasInputs = firstClass === 'InputLayer' || 'batch_input_shape' in first;
  if (firstClass !== 'InputLayer') {
    layers.unshift(inputLayer(layers[0], config));
  }
  layers.forEach((layer, i) => {
    const before = i > 0 ? layers[i - 1] : null;
    layer.attribute = className === PIPELINE ? `_pipeline_layers/${layer.storage}` : undefined;
    layer.calls = before ? [callOn(new TensorRef(before.name, 0, 0))] : [];
  });
  return {
    name: stringAt(config, 'name') ?? 'sequential',
    kind: 'Sequential',
    hasInputs,
    layers,
    inputs: [new TensorRef(layers[0].name, 0, 0)],
    outputs: [new TensorRef(layers[layers.length - 1].name, 0, 0)],
    outputNames: null
  };
}

function callOn(tensor: TensorRef): Call {
  return { args: [tensor], kwargs: {} };
}

/** The InputLayer that Keras leaves out where the first layer knows its input's shape. */
function inputLayer(first: LayerSpec, config: Config): LayerSpec {
  const shape =
    first.config.batch_input_shape ??
    first.config.batch_shape ??
    config.build_input_shape ??
    first.buildInputShape ??
    inputShapeOf(first.model);
  return {
    name: `${first.name}_input`,
    className: 'InputLayer',
    custom: null,
    registered: null,
    config: { batch_shape: shape ?? null },
    isOperator: false,
    model: null,
    calls: [],
    storage: '',
    buildInputShape: null
  };
}

function inputShapeOf(model: ModelSpec | null): unknown {
  const layer = model?.layers.find(({ name }) => name === model.inputs[0]?.layer);
  return layer?.config.batch_shape ?? layer?.config.batch_input_shape ?? null;
}

function parseLayers(config: Config, fileName: string, depth: number): LayerSpec[] {
  const entries = listAt(config, 'layers').filter(isConfig);
  const names = new Set<string>();
  for (const name of entries.map(nameOf)) {
    if (names.has(name)) {
      throw new ModelError(
        message(
          '%1 has two layers of the name “%2” in one model, so that what reads the one and what the other is not known. Give each a name of its own, and save the model again.',
          fileName,
          name
        )
      );
    }
    names.add(name);
  }
  const counts = new Map<string, number>();
  const layers = entries.map(entry => {
    const className = stringAt(entry, 'class_name') ?? '';
    const own = Array.isArray(entry.config) ? { layers: entry.config } : configAt(entry, 'config');
    const isOperator = isOperatorEntry(entry, own);
    return withFunction({
      name: nameOf(entry),
      className,
      custom: customReason(entry),
      registered: stringAt(entry, 'registered_name'),
      config: own,
      isOperator,
      model: isModelConfig(className, own)
        ? parse({ class_name: className, config: own }, fileName, depth + 1)
        : wrappedLayer(className, own, fileName, depth),
      calls: decodeCalls(listAt(entry, 'inbound_nodes'), names),
      storage: isOperator ? '' : counted(snakeCase(className), counts),
      buildInputShape: configAt(entry, 'build_config').input_shape ?? null
    });
  });
  return withLists(layers);
}

/** The layer inside a wrapper, as a model of that layer alone; null where the class wraps none. */
function wrappedLayer(className: string, { layer: entry }: Config, fileName: string, depth: number): ModelSpec | null {
  if (!isWrapper(className) || !isConfig(entry)) {
    return null;
  }
  if (depth > MAX_DEPTH) {
    throw new ModelError(
      message('%1 nests models more than %2 levels deep, which GradLens cannot follow.', fileName, MAX_DEPTH)
    );
  }
  const [layer] = parseLayers({ layers: [entry] }, fileName, depth + 1);
  const input = { ...inputLayer(layer, {}), name: WRAPPED_INPUT };
  return {
    name: layer.name,
    kind: 'Functional',
    hasInputs: true,
    layers: [input, { ...layer, attribute: 'layer', calls: [callOn(new TensorRef(input.name, 0, 0))] }],
    inputs: [new TensorRef(input.name, 0, 0)],
    outputs: [new TensorRef(layer.name, 0, 0)],
    outputNames: null
  };
}

/** No layer of Keras may have a name with a slash at its front. */
const WRAPPED_INPUT = '/input';

function nameOf(entry: Config): string {
  return stringAt(entry, 'name') ?? stringAt(configAt(entry, 'config'), 'name') ?? '';
}

/**
 * Operators and layers share class names (`Add`). `.keras` files name the
 * module; in legacy files an operator's config is told by what it lacks.
 */
function isOperatorEntry(entry: Config, config: Config): boolean {
  const module = stringAt(entry, 'module');
  if (module !== null) {
    return /^keras\.(src\.)?ops\b/.test(module);
  }
  // A cast is an operator with a dtype; some layers have no more of their own than that.
  const isLayer = 'dtype' in config && layerClass(stringAt(entry, 'class_name') ?? '') !== undefined;
  const known = ['trainable', 'layers', 'batch_input_shape', 'batch_shape'];
  return (
    !isLayer &&
    !known.some(key => key in config) &&
    listAt(entry, 'inbound_nodes').some(node => isConfig(node) && 'args' in node)
  );
}

function counted(name: string, counts: Map<string, number>): string {
  const count = counts.get(name) ?? 0;
  counts.set(name, count + 1);
  return count ? `${name}_${count}` : name;
}

/** `[[name, call, output], …]`, a lone triple, or a dictionary of triples. */
function references(value: unknown): TensorRef[] {
  const one = reference(value);
  if (one) {
    return [one];
  }
  if (Array.isArray(value)) {
    return value.flatMap(references);
  }
  return isConfig(value)
    ? Object.keys(value)
        .sort()
        .flatMap(key => references(value[key]))
    : [];
}
