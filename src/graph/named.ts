/** Names that come from files, as keys: a plain object has a `constructor` of its own, and is asked for one by no layer. */

/** What a table has under a name; nothing of what every object has. */
export const named = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

/** True of names that every object has, under which nothing can be kept in one: `__proto__`, `constructor`, … */
export const isTaken = (name: string): boolean => name in Object.prototype;
