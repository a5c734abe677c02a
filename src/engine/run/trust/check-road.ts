/** ROAD of a map, and of maps with its cells at random places. */
import { road, ROAD_FRACTIONS } from '../../../explain/trust/road';
import type { RoadCheck, RoadFindings } from '../../protocol/trust';
import { besideShuffled, type Checked } from './checked-map';

export async function checkRoad(checked: Checked, check: RoadCheck): Promise<RoadFindings> {
  const { maps, picture, probe } = await besideShuffled(checked, check);
  const [map, ...others] = await road(picture, checked.input.size, maps, probe, check);
  return { kind: 'road', fractions: [...ROAD_FRACTIONS], map, shuffled: others };
}
