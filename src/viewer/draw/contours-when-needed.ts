import { fetched } from '../../messages/fetched';

type Contours = typeof import('./contours');

/** The module itself, as the browser keeps it, to be had without waiting. */
let loaded: Contours | null = null;

/** Loads what finds contour lines: most views have none. */
export async function loadContours(): Promise<Contours> {
  return (loaded ??= await fetched(import('./contours')));
}

/** What {@link loadContours} loaded; null before. */
export const loadedContours = (): Contours | null => loaded;
