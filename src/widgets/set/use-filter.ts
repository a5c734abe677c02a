import { filteringOf, type ImageFilter } from '../../session/set/image-filter';
import { useSignal } from '../shared/context';
import { useController } from '../shared/view-context';

/** Which images the gallery shows, live, and how to change that. */
export function useFilter(): [ImageFilter | null, (filter: ImageFilter | null) => void] {
  const filtering = filteringOf(useController());
  const filter = useSignal(filtering.changed, () => filtering.now);
  return [filter, next => (filtering.now = next)];
}
