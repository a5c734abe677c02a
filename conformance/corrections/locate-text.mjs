/**
 * Finds a text in a source by its characters other than white space, so that a
 * formatter does not hide it.
 *
 * @param {string} source
 * @param {string} text
 * @returns {[start: number, end: number][]} every place where it stands
 */
export function locateText(source, text) {
  /** @type {number[]} */
  const positions = [];
  for (let i = 0; i < source.length; i++) {
    if (!/\s/.test(source[i])) {
      positions.push(i);
    }
  }
  const dense = source.replace(/\s/g, '');
  const wanted = text.replace(/\s/g, '');
  /** @type {[number, number][]} */
  const found = [];
  for (let at = dense.indexOf(wanted); at >= 0; at = dense.indexOf(wanted, at + 1)) {
    found.push([positions[at], positions[at + wanted.length - 1] + 1]);
  }
  return found;
}
