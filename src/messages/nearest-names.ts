import { distance } from 'fastest-levenshtein';

/** Changed letters, as a share of a name's length, up to which another may be meant. */
const ALIKE = 0.4;

/**
 * The names that a misspelt one may mean, the likeliest first: those a few letters
 * away (Levenshtein 1966), whole or in their last part (`cnn/conv2` for `conv2`),
 * and those that hold it.
 */
export function nearestNames(misspelt: string, names: readonly string[], most = 3): string[] {
  const wanted = misspelt.toLowerCase();
  const awayFrom = (name: string): number => distance(wanted, name) / Math.max(wanted.length, name.length, 1);
  return names
    .map(name => {
      const plain = name.toLowerCase();
      const own = plain.slice(plain.lastIndexOf('/') + 1);
      const holds = wanted.length > 2 && plain.includes(wanted);
      return { name, away: Math.min(awayFrom(plain), awayFrom(own), holds ? ALIKE : 1) };
    })
    .filter(({ away }) => away <= ALIKE)
    .sort((a, b) => a.away - b.away)
    .slice(0, most)
    .map(({ name }) => name);
}
