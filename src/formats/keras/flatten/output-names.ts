import type { ModelSpec } from '../config/spec';

/**
 * The names of a model's outputs, in order: those that the file gives, else of their layers. Several outputs of
 * one layer, or of several of its calls, are numbered as Keras 2 does it (`model`, `model_1`); Keras 3 calls all
 * of them alike, and nobody could ask for the second.
 */
export function outputNames({ outputs, outputNames: own }: ModelSpec): string[] {
  const plain = outputs.map((ref, i) => own?.[i] ?? ref.layer);
  const given = new Set(plain);
  const taken = new Set<string>();
  return plain.map(name => {
    let unique = name;
    for (let n = 1; taken.has(unique) || (unique !== name && given.has(unique)); n++) {
      unique = `${name}_${n}`;
    }
    taken.add(unique);
    return unique;
  });
}
