/**
 * What a user declares of classes that exist only as Python code, or of Lambdas:
 * that they change nothing, or which class of Keras does the same.
 */
import { isOperatorClass, LAYER_CLASSES, layerClass } from '../../graph/classes';
import { ModelError } from '../../graph/model-graph';
import { type Message, message } from '../../messages/message';
import type { StandIn, StandIns } from '../../mime/payload';
import type { LayerSpec, ModelSpec } from './spec';

/** The model with the layers that are declared in place of those that are not known. Throws ModelError where a declaration fits none. */
export function withStandIns(spec: ModelSpec, standIns: StandIns, fileName: string): ModelSpec {
  const used = new Set<string>();
  const made = Object.keys(standIns).length > 0 ? replaced(spec, standIns, used, fileName) : spec;
  const idle = Object.keys(standIns).find(name => !used.has(name));
  if (idle !== undefined) {
    throw new ModelError(message('layers= declares “%1”, but %2 has no layer of that class or name.', idle, fileName));
  }
  return made;
}

function replaced(spec: ModelSpec, standIns: StandIns, used: Set<string>, fileName: string): ModelSpec {
  const layers = spec.layers.map(layer => {
    const key = [layer.name, layer.className, layer.registered].find(name => name && Object.hasOwn(standIns, name));
    if (key) {
      used.add(key);
      return standingIn(layer, key, standIns[key], fileName);
    }
    return layer.model ? { ...layer, model: replaced(layer.model, standIns, used, fileName) } : layer;
  });
  return { ...spec, layers };
}

function standingIn(layer: LayerSpec, key: string, standIn: StandIn, fileName: string): LayerSpec {
  const isKnown = layer.custom === null && (layer.model !== null || layer.isOperator || layerClass(layer.className));
  if (isKnown) {
    throw new ModelError(
      message('layers= declares “%1”, but GradLens runs that layer of %2 by itself: leave it out.', key, fileName)
    );
  }
  const { name, trainable } = layer.config;
  const common = { ...(name === undefined ? {} : { name }), ...(trainable === undefined ? {} : { trainable }) };
  if (standIn === 'identity') {
    return { ...layer, className: 'Identity', custom: null, config: common, declared: { name: key, as: standIn } };
  }
  const { class: className, ...given } = standIn;
  if (!layerClass(className) || isOperatorClass(className)) {
    throw new ModelError(
      message(
        'layers= declares “%1” as the class “%2”, which GradLens does not run; it runs %3.',
        key,
        className,
        Object.keys(LAYER_CLASSES)
          .filter(known => !isOperatorClass(known))
          .join(', ')
      )
    );
  }
  const declared = layerClass(className)?.arguments ?? {};
  const own = Object.fromEntries(
    Object.entries(layer.config).filter(([argument]) => Object.hasOwn(declared, argument))
  );
  const unknown = Object.keys(given).find(argument => !Object.hasOwn(declared, argument));
  if (unknown !== undefined) {
    throw new ModelError(
      message('layers= declares “%1” with %2, which the class %3 does not take.', key, unknown, className)
    );
  }
  return {
    ...layer,
    className,
    custom: null,
    config: { ...common, ...own, ...given },
    declared: { name: key, as: standIn }
  };
}

/** What stands in for layers, to be told wherever the model is shown. */
export function declaredNotices(spec: ModelSpec): Message[] {
  const layers = declaredLayers(spec);
  const kinds = new Map(layers.map(({ declared }) => [declared.name, declared.as]));
  return [...kinds].map(([kind, as]) => {
    const names = layers.filter(({ declared }) => declared.name === kind).map(({ name }) => name);
    return as === 'identity'
      ? message('Taken as the identity, as you declared: %1 (%2).', names.join(', '), kind)
      : message('Computed as %3, as you declared: %1 (%2).', names.join(', '), kind, as.class);
  });
}

type DeclaredLayer = LayerSpec & Required<Pick<LayerSpec, 'declared'>>;

const isDeclared = (layer: LayerSpec): layer is DeclaredLayer => layer.declared !== undefined;

const declaredLayers = (spec: ModelSpec): DeclaredLayer[] =>
  spec.layers.flatMap(layer => (isDeclared(layer) ? [layer] : layer.model ? declaredLayers(layer.model) : []));
