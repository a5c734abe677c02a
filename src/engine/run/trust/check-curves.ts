/** Deletion and insertion of a map, and of maps with its cells at random places. */
import { deletionAndInsertion } from '../../../explain/trust/curves';
import { shuffled } from '../../../explain/trust/ranking';
import type { CurveCheck, CurveFindings } from '../../protocol/trust';
import { type Checked, checkedPicture, checkingProbe, laid, mapAt } from './checked-map';

export async function checkCurves(checked: Checked, check: CurveCheck): Promise<CurveFindings> {
  const { shuffles = 2, seed = 1, convention = 'rise' } = check;
  const layer = checked.params.maps[0];
  const own = mapAt(checked.result, layer);
  const mixed = Array.from({ length: shuffles }, (_, i) => ({ ...own, data: shuffled(own.data, seed + i) }));
  const maps = [own, ...mixed].map(map => laid(checked, layer, map));
  const picture = await checkedPicture(checked);
  const probe = await checkingProbe(checked);
  const [map, ...others] = await deletionAndInsertion(picture, checked.input.size, maps, probe, check);
  return { kind: 'curves', convention, map, shuffled: others };
}
