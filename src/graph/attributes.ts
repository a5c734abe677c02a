/** Typed reading of the attributes of a node, which are a layer's Keras config. */
import type { Attributes, AttributeValue } from './model-graph';

export function numberOf(attributes: Attributes, key: string, otherwise: number): number {
  const value = attributes[key];
  return typeof value === 'number' ? value : otherwise;
}

/** A number, or null for a size that is not given. */
export function numberOrNull(attributes: Attributes, key: string): number | null {
  const value = attributes[key];
  return typeof value === 'number' ? value : null;
}

export function stringOf(attributes: Attributes, key: string, otherwise: string): string {
  const value = attributes[key];
  return typeof value === 'string' ? value : otherwise;
}

export function booleanOf(attributes: Attributes, key: string, otherwise: boolean): boolean {
  const value = attributes[key];
  return typeof value === 'boolean' ? value : otherwise;
}

/** A list of numbers; a lone number is a list of one. */
export function numbersOf(attributes: Attributes, key: string, otherwise: number[]): number[] {
  const value = attributes[key];
  if (typeof value === 'number') {
    return [value];
  }
  return Array.isArray(value) && value.every(v => typeof v === 'number') ? value : otherwise;
}

/** All numbers of a list of lists, or a lone one, in order; null where it is none such. */
export function flatNumbers(value: AttributeValue | undefined): number[] | null {
  const values = [value ?? []].flat(Infinity as 1) as AttributeValue[];
  return values.length > 0 && values.every(one => typeof one === 'number') ? values : null;
}

/** A (height, width) pair; a lone number stands for both. */
export function pairOf(attributes: Attributes, key: string, otherwise: number): [number, number] {
  const values = numbersOf(attributes, key, [otherwise]);
  return [values[0], values[1] ?? values[0]];
}

/** The three of an attribute for volumes; a lone number stands for all, and 1 where there is none. */
export function tripleOf(attributes: Attributes, key: string): [number, number, number] {
  const values = numbersOf(attributes, key, [1]);
  return [values[0], values[1] ?? values[0], values[2] ?? values[0]];
}

/** ((top, bottom), (left, right)) from 1, (1, 2) or ((1, 2), (3, 4)), as Keras spells padding and cropping. */
export function edgesOf(attributes: Attributes, key: string): [[number, number], [number, number]] {
  const value = attributes[key];
  if (typeof value === 'number') {
    return [
      [value, value],
      [value, value]
    ];
  }
  if (!Array.isArray(value)) {
    return [
      [0, 0],
      [0, 0]
    ];
  }
  const both = (v: unknown): [number, number] =>
    Array.isArray(v) ? [Number(v[0]), Number(v[1])] : [Number(v), Number(v)];
  return [both(value[0]), both(value[1] ?? value[0])];
}

/** A non-negative axis. */
export function axisOf(axis: number, rank: number): number {
  return axis < 0 ? axis + rank : axis;
}
