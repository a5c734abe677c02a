/** Texts of two numbers and of what lies between them, which agree as they are printed. */

/** How far the change that is printed may be off, as a share of it: then more digits are printed. */
const OFF = 0.05;

/** Decimals beyond which float32 has nothing to tell of a share. */
const MOST = 8;

export interface ChangeTexts {
  before: string;
  after: string;
  /** What is printed after less what is printed before, with its sign. */
  change: string;
}

/** @param decimals - Of all three, at least. */
export function changeTexts(before: number, after: number, decimals: number): ChangeTexts {
  const texts = textsOf(before, after, decimals);
  const printed = Number(texts.after) - Number(texts.before);
  const change = after - before;
  const isOff = Math.abs(printed - change) > OFF * Math.abs(change);
  return isOff && decimals < MOST ? changeTexts(before, after, decimals + 1) : texts;
}

function textsOf(before: number, after: number, decimals: number): ChangeTexts {
  const [was, is] = [before, after].map(value => withoutMinus(value.toFixed(decimals)));
  const change = withoutMinus((Number(is) - Number(was)).toFixed(decimals));
  return { before: was, after: is, change: change.startsWith('-') ? `−${change.slice(1)}` : `+${change}` };
}

/** Nothing below zero is left of -0.00001 at four decimals. */
const withoutMinus = (text: string): string => (Number(text) === 0 ? text.replace('-', '') : text);

/** Decimals with which the larger of two numbers has four digits; shares have four decimals. */
export function decimalsOf(before: number, after: number, isShare: boolean): number {
  const size = Math.max(Math.abs(before), Math.abs(after));
  return isShare || size === 0 || !Number.isFinite(size)
    ? 4
    : Math.min(Math.max(3 - Math.floor(Math.log10(size)), 0), MOST);
}
