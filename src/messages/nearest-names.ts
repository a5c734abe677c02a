import { distance } from 'fastest-levenshtein';

/** Changed letters, as a share of a name's length, up to which another may be meant. */
const ALIKE = 1 / 3;

/**
 * How far a name is from a misspelt one, 0..1: a few letters (Levenshtein 1966), whole or in its
 * last part (`cnn/conv2` for `conv2`), or as far as one may be that holds it.
 */
export function nameDistance(misspelt: string, name: string): number {
  const [wanted, plain] = [misspelt.toLowerCase(), name.toLowerCase()];
  const awayFrom = (other: string): number => distance(wanted, other) / Math.max(wanted.length, other.length, 1);
  const holds = wanted.length > 2 && plain.includes(wanted);
  return Math.min(awayFrom(plain), awayFrom(plain.slice(plain.lastIndexOf('/') + 1)), holds ? ALIKE : 1);
}

/** The names that a misspelt one may mean, the likeliest first. */
export function nearestNames(misspelt: string, names: readonly string[], most = 3): string[] {
  return names
    .map(name => ({ name, away: nameDistance(misspelt, name) }))
    .filter(({ away }) => away <= ALIKE)
    .sort((a, b) => a.away - b.away)
    .slice(0, most)
    .map(({ name }) => name);
}
