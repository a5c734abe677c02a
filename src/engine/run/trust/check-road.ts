/** ROAD of a map, and of maps with its cells at random places. */
import { shuffled } from '../../../explain/trust/ranking';
import { road, ROAD_FRACTIONS } from '../../../explain/trust/road';
import type { RoadCheck, RoadFindings } from '../../protocol/trust';
import { type Checked, checkedPicture, checkingProbe, laid, mapAt } from './checked-map';

export async function checkRoad(checked: Checked, check: RoadCheck): Promise<RoadFindings> {
  const { shuffles = 2, seed = 1 } = check;
  const layer = checked.params.maps[0];
  const own = mapAt(checked.result, layer);
  const mixed = Array.from({ length: shuffles }, (_, i) => ({ ...own, data: shuffled(own.data, seed + i) }));
  const maps = [own, ...mixed].map(map => laid(checked, layer, map));
  const picture = await checkedPicture(checked);
  const probe = await checkingProbe(checked);
  const [map, ...others] = await road(picture, checked.input.size, maps, probe, check);
  return { kind: 'road', fractions: [...ROAD_FRACTIONS], map, shuffled: others };
}
