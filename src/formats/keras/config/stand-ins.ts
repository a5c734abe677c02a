/**
 * Declarations by the user of classes that exist only as Python code, or of Lambdas:
 * that they change nothing, or which class of Keras does the same.
 */
import { isOperatorClass, LAYER_CLASSES, layerClass } from '../../../graph/classes';
import { type Attributes, ModelError } from '../../../graph/model-graph';
import { type Message, message } from '../../../messages/message';
import { nearestNames } from '../../../messages/nearest-names';
import type { StandIn, StandIns } from '../../../mime/payload';
import type { LayerSpec, ModelSpec } from './spec';

/**
 * The model with the layers that are declared in place of those that
 * are not known. Throws ModelError where a declaration fits none.
 */
export function withStandIns(spec: ModelSpec, standIns: StandIns, fileName: string): ModelSpec {
  const used = new Set<string>();
  const made = Object.keys(standIns).length > 0 ? replaced(spec, standIns, used, fileName) : spec;
  const idle = Object.keys(standIns).find(name => !used.has(name));
  if (idle !== undefined) {
    const near = nearestNames(idle, ownNames(spec));
    throw new ModelError(
      near.length > 0
        ? message(
            'layers= declares “%1”, but %2 has no layer of that class or name. Did you mean %3?',
            idle,
            fileName,
            near.join(', ')
          )
        : message('layers= declares “%1”, but %2 has no layer of that class or name.', idle, fileName)
    );
  }
  return made;
}

/** Classes that only the model's author has, and the names of their layers. */
const ownNames = (spec: ModelSpec): string[] => [
  ...new Set(
    spec.layers.flatMap(layer =>
      layer.custom ? [layer.className, layer.name] : layer.model ? ownNames(layer.model) : []
    )
  )
];

function replaced(spec: ModelSpec, standIns: StandIns, used: Set<string>, fileName: string): ModelSpec {
  const layers = spec.layers.map(layer => {
    const key = Object.keys(standIns).find(
      name => name === layer.name || [layer.className, layer.registered].some(own => own && bare(own) === bare(name))
    );
    if (key) {
      used.add(key);
      return standingIn(layer, key, standIns[key], fileName);
    }
    return layer.model ? { ...layer, model: replaced(layer.model, standIns, used, fileName) } : layer;
  });
  return { ...spec, layers };
}

/** Some files write the package that a class is registered in before its name: `package>Name`. */
const bare = (className: string): string => className.split('>').pop() ?? className;

/** Arguments that all layers have, which change no number. */
const COMMON = new Set(['name', 'trainable', 'dtype', 'dynamic', 'batch_input_shape', 'batch_shape', 'autocast']);

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
    const known = Object.keys(LAYER_CLASSES).filter(name => !isOperatorClass(name));
    const near = nearestNames(className, known);
    throw new ModelError(
      near.length > 0
        ? message(
            'layers= declares “%1” as the class “%2”, which GradLens does not run. Did you mean %3?',
            key,
            className,
            near.join(', ')
          )
        : message(
            'layers= declares “%1” as the class “%2”, which GradLens does not run; it runs %3.',
            key,
            className,
            known.join(', ')
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
    declared: {
      name: key,
      as: standIn,
      left: Object.keys(layer.config).filter(argument => !Object.hasOwn(declared, argument) && !COMMON.has(argument))
    }
  };
}

/** Lists the layers that others stand in for, to be told wherever the model is shown. */
export function declaredNotices(spec: ModelSpec): Message[] {
  const layers = declaredLayers(spec);
  const kinds = new Map(layers.map(({ declared }) => [declared.name, declared.as]));
  const orders = [...kinds].flatMap(([kind, as]) => {
    const of = layers.find(({ declared }) => declared.name === kind);
    const roles = as === 'identity' || !of ? [] : (layerClass(of.className)?.weights?.(of.config as Attributes) ?? []);
    return roles.length > 1
      ? [
          message(
            'Weights that the file does not name are taken in this order: %1 (%2). All numbers are untrue if the class makes them in another.',
            roles.join(', '),
            kind
          )
        ]
      : [];
  });
  const said = [...kinds].map(([kind, as]) => {
    const own = layers.filter(({ declared }) => declared.name === kind);
    const names = [...new Set(own.map(({ name }) => name))].join(', ');
    // A Lambda is declared by its name, which says it all.
    const which = names === kind ? kind : `${names} (${kind})`;
    const left = [...new Set(own.flatMap(({ declared }) => declared.left ?? []))];
    if (as !== 'identity' && left.length > 0) {
      return message(
        'Computed as %2, as you declared: %1. Its own arguments that %2 does not have are left out: %3.',
        which,
        as.class,
        left.join(', ')
      );
    }
    return as === 'identity'
      ? message('Taken as the identity, as you declared: %1. All numbers are untrue if it changes its input.', which)
      : message('Computed as %2, as you declared: %1.', which, as.class);
  });
  return [...said, ...orders];
}

type DeclaredLayer = LayerSpec & Required<Pick<LayerSpec, 'declared'>>;

const isDeclared = (layer: LayerSpec): layer is DeclaredLayer => layer.declared !== undefined;

const declaredLayers = (spec: ModelSpec): DeclaredLayer[] =>
  spec.layers.flatMap(layer => (isDeclared(layer) ? [layer] : layer.model ? declaredLayers(layer.model) : []));
