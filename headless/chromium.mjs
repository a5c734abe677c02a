/** Finds Chromium. Node's own modules only: set-up uses this before `npm ci`. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Flags for headless Chromium: no sandbox, which root cannot have, and nothing fetched from outside. */
export const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync'
];

/** Chromium's path, or undefined. @returns {string | undefined} */
export function findChromium() {
  const onPath = (process.env.PATH ?? '').split(delimiter);
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const candidates = [process.env.CHROMIUM, ...names.flatMap(name => onPath.map(folder => join(folder, name)))];
  return candidates.find(path => path && existsSync(path));
}
