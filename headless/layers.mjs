/** Layer names as people type them. */

/**
 * Finds the layer that is meant: the exact id, or the one id that differs only
 * in `/` and `_` (Keras 2 wrote `conv1/relu`, Keras 3 writes `conv1_relu`).
 *
 * @param {string} wanted
 * @param {string[]} ids of the model's layers
 * @returns {{ id: string, notice: string | null }}
 * @throws {Error} with the closest names, when no layer or several are meant
 */
export function resolveLayer(wanted, ids) {
  if (ids.includes(wanted)) {
    return { id: wanted, notice: null };
  }
  const loose = id => id.replaceAll('/', '_').toLowerCase();
  const matches = ids.filter(id => loose(id) === loose(wanted));
  if (matches.length === 1) {
    return { id: matches[0], notice: `Layer “${wanted}” was read as “${matches[0]}”.` };
  }
  if (matches.length > 1) {
    throw new Error(`“${wanted}” may mean ${matches.map(id => `“${id}”`).join(' or ')}: give the exact name.`);
  }
  const close = closest(wanted, ids, 3)
    .map(id => `“${id}”`)
    .join(', ');
  throw new Error(`The model has no layer “${wanted}”${close ? `: did you mean ${close}?` : '.'}`);
}

/** The `count` names nearest to `wanted`, nearest first. */
export function closest(wanted, names, count) {
  return names
    .map(name => ({ name, distance: editDistance(wanted.toLowerCase(), name.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, count)
    .map(({ name }) => name);
}

/** Levenshtein's distance: insertions, deletions and substitutions. */
export function editDistance(a, b) {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(substitution, previous[j] + 1, current[j - 1] + 1));
    }
    previous = current;
  }
  return previous[b.length];
}
