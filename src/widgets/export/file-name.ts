/** Names of the files that are saved. */

/** A file name out of a title: no spaces, slashes or signs that some system forbids. */
export function fileName(title: string): string {
  return title.replace(/[^\p{L}\p{N}.+-]+/gu, '_').replace(/^_+|_+$/g, '') || 'gradlens';
}

/** Of names in a file's name, so that the whole stays short. */
const MOST_OF_A_NAME = 24;

/** Names the file of a map after what it shows and of what: model, image. Those of other images and models do not collide. */
export function exportName(title: string, of: readonly string[], isTrueSize = false): string {
  const names = of.map(name => shortened(fileName(name.replace(/\.[a-z]\w{0,7}$/i, ''))));
  return [fileName(title), ...names, ...(isTrueSize ? ['true_size'] : [])].join('_');
}

/** Loses its middle: names of many images differ at their ends. */
function shortened(name: string): string {
  const kept = (MOST_OF_A_NAME - 1) / 2;
  const letters = [...name];
  return letters.length <= MOST_OF_A_NAME
    ? name
    : `${letters.slice(0, Math.floor(kept)).join('')}-${letters.slice(-Math.ceil(kept)).join('')}`;
}
