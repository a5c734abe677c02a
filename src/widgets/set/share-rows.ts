/** The rows of the table of shares. */
import type { Verdict } from '../../classes/predicted';
import type { ShareInside } from '../../explain/set/share-inside';
import type { SetMap } from '../../session/set/set-maps';

export interface ShareRow {
  /** Index in the payload. */
  image: number;
  label: string;
  truth: number | null;
  predicted: number | null;
  /** Of the class explained; -1 of units. */
  index: number;
  /** Null where there is no part to measure, or the map has no positive value. */
  share: number | null;
  area: number | null;
  /** Whether the map's highest pixel is inside; null where that cannot be said. */
  hit: boolean | null;
}

/** A row for each map, the largest share first, or the smallest; what has none comes last. */
export function shareRows(
  maps: ReadonlyMap<number, Pick<SetMap, 'index'>>,
  shares: ReadonlyMap<number, ShareInside>,
  images: readonly { name: string }[],
  verdicts: readonly Verdict[],
  isRising: boolean
): ShareRow[] {
  const rows = [...maps].map(([image, { index }]) => {
    const { truth, predicted } = verdicts[image];
    const { share = null, area = null, hit = null } = shares.get(image) ?? {};
    return { image, label: images[image].name, truth, predicted, index, share, area, hit };
  });
  const sign = isRising ? 1 : -1;
  return rows.sort((a, b) =>
    a.share === null || b.share === null
      ? Number(a.share === null) - Number(b.share === null) || a.image - b.image
      : sign * (a.share - b.share) || a.image - b.image
  );
}

/** Means over the maps that have a share. */
export interface MeanShare {
  share: number;
  area: number;
  count: number;
  /** The share of maps whose highest pixel is inside, of those of which that can be said; null of none. */
  hits: number | null;
}

/** The mean of the shares that there are, and of their areas; null of none. */
export function meanOfRows(rows: readonly ShareRow[]): MeanShare | null {
  const known = rows.filter(({ share }) => share !== null);
  const mean = (key: 'share' | 'area'): number => known.reduce((sum, row) => sum + (row[key] ?? 0), 0) / known.length;
  const pointing = rows.filter(({ hit }) => hit !== null);
  const hits = pointing.length > 0 ? pointing.filter(({ hit }) => hit).length / pointing.length : null;
  return known.length > 0 ? { share: mean('share'), area: mean('area'), count: known.length, hits } : null;
}

/** As comma-separated values, as `pandas.read_csv` reads them: what is not known is empty. */
export function shareCsv(rows: readonly ShareRow[], name: (index: number) => string): string {
  const classOf = (index: number | null): string => (index === null || index < 0 ? '' : name(index));
  const lines = [
    ['image', 'true', 'predicted', 'explained', 'share', 'area', 'peak inside'],
    ...rows.map(({ label, truth, predicted, index, share, area, hit }) => [
      label,
      classOf(truth),
      classOf(predicted),
      classOf(index),
      share ?? '',
      area ?? '',
      hit === null ? '' : Number(hit)
    ])
  ];
  return lines.map(line => `${line.map(quoted).join(',')}\n`).join('');
}

const quoted = (value: string | number): string =>
  /[",\r\n]/.test(`${value}`) ? `"${`${value}`.replaceAll('"', '""')}"` : `${value}`;
