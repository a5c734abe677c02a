/** Deletion and insertion of a map, and of maps with its cells at random places. */
import { deletionAndInsertion } from '../../../explain/trust/curves';
import type { CurveCheck, CurveFindings } from '../../protocol/trust';
import { besideShuffled, type Checked } from './checked-map';

export async function checkCurves(checked: Checked, check: CurveCheck): Promise<CurveFindings> {
  const { convention = 'rise' } = check;
  const { maps, picture, probe } = await besideShuffled(checked, check);
  const [map, ...others] = await deletionAndInsertion(picture, checked.input.size, maps, probe, check);
  return { kind: 'curves', convention, map, shuffled: others };
}
