import type { Fingerprint } from './payload';

/** True of fingerprints of the same content. */
export const isSameFile = (a: Fingerprint, b: Fingerprint): boolean => a.size === b.size && a.hash === b.hash;
