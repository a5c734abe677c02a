/**
 * A map (height, width) as lines of comma-separated values, one row a line; each reads back as the same float32.
 *
 * @param provenance - Where the values come from. It heads the first column, the others are headed by their numbers:
 * to numpy.loadtxt a comment, since it begins with `#`; to pandas.read_csv and spreadsheets the names of the columns.
 */
export function mapToCsv(map: Float32Array, width: number, provenance: string): string {
  // Quotes would hide the # from NumPy, and a comma or a line's end would need them.
  const first = `# ${provenance.replace(/["\s,]+/g, ' ').trim()}`;
  const lines = [[first, ...Array.from({ length: width - 1 }, (_, i) => i + 1)].join(',')];
  for (let at = 0; at < map.length; at += width) {
    lines.push(Array.from(map.subarray(at, at + width), shortest).join(','));
  }
  return `${lines.join('\n')}\n`;
}

/** The shortest decimal that rounds to the same float32; nan and inf as NumPy reads them. */
function shortest(value: number): string {
  if (!Number.isFinite(value)) {
    return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  }
  for (let digits = 6; digits < 9; digits++) {
    const text = String(Number(value.toPrecision(digits)));
    if (Math.fround(Number(text)) === value) {
      return text;
    }
  }
  return String(Number(value.toPrecision(9)));
}
