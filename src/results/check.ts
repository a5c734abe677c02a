/** Checks of JSON that anybody may have written: a check is true of what has its shape. */
import { isObject } from '../mime/json';

export type Check = (value: unknown) => boolean;

export const text =
  (most = 1000): Check =>
  value =>
    typeof value === 'string' && value.length <= most;
export const number: Check = value => typeof value === 'number' && Number.isFinite(value);
export const count: Check = value => Number.isSafeInteger(value) && (value as number) >= 0;
export const flag: Check = value => typeof value === 'boolean';
export const oneOf =
  (...words: readonly string[]): Check =>
  value =>
    words.includes(value as string);
export const orNull =
  (check: Check): Check =>
  value =>
    value === null || check(value);
export const list =
  (check: Check, most: number): Check =>
  value =>
    Array.isArray(value) && value.length <= most && value.every(one => check(one));
export const pair =
  (check: Check): Check =>
  value =>
    Array.isArray(value) && value.length === 2 && value.every(one => check(one));
/** An object from names to values of one kind. */
export const record =
  (check: Check, most: number): Check =>
  value =>
    isObject(value) && Object.keys(value).length <= most && Object.values(value).every(one => check(one));
/** An object with these properties; others are of a later version, and passed over. */
export const object =
  (required: Readonly<Record<string, Check>>, optional: Readonly<Record<string, Check>> = {}): Check =>
  value =>
    isObject(value) &&
    Object.entries(required).every(([name, check]) => check(value[name])) &&
    Object.entries(optional).every(([name, check]) => value[name] === undefined || check(value[name]));

/** How deep lists and objects lie in one another in a JSON text, without parsing it. */
export function depthOf(json: string): number {
  let [depth, deepest, isText] = [0, 0, false];
  for (let at = 0; at < json.length; at++) {
    const character = json[at];
    if (isText) {
      at += character === '\\' ? 1 : 0;
      isText = character !== '"';
    } else if (character === '"') {
      isText = true;
    } else if (character === '[' || character === '{') {
      deepest = Math.max(deepest, ++depth);
    } else if (character === ']' || character === '}') {
      depth--;
    }
  }
  return deepest;
}
