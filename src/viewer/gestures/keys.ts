/** The keys of maps and of tiles: what listens takes them from here, and so does the list that users read. */

/** Each action's keys, as `KeyboardEvent.key` names them; the first is the one that is told. */
export type KeyTable<Action extends string> = Readonly<Record<Action, readonly string[]>>;

/** On a map. Arrows go from cell to cell, with Shift they move the picture. */
export const MAP_KEYS = {
  walk: ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'],
  larger: ['+', '='],
  smaller: ['-', '_'],
  fit: ['0'],
  trueSize: ['1'],
  pick: ['Enter'],
  cancel: ['Escape'],
  outline: ['f', 'F'],
  // Held.
  bare: ['b', 'B'],
  help: ['?']
} as const satisfies KeyTable<string>;

/** On the tiles of a layer's channels. */
export const TILE_KEYS = {
  move: ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'],
  ends: ['Home', 'End'],
  pin: ['p', 'P'],
  off: ['o', 'O'],
  back: ['Escape'],
  help: ['?']
} as const satisfies KeyTable<string>;

/** The action of a key; null if it has none. */
export function actionOf<Action extends string>(table: KeyTable<Action>, key: string): Action | null {
  const actions = Object.keys(table) as Action[];
  return actions.find(action => table[action].includes(key)) ?? null;
}

/** As `aria-keyshortcuts` lists them. */
export const ariaKeys = (table: KeyTable<string>): string =>
  Object.values(table)
    .flatMap(keys => (keys.every(key => key.length > 1) ? keys : [keys[0].toUpperCase()]))
    .join(' ');
