/** A map (height, width) as lines of comma-separated values, one row a line; each reads back as the same float32. */
export function mapToCsv(map: Float32Array, width: number): string {
  const lines: string[] = [];
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
