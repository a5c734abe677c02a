/** Ranks layers and methods by deletion and insertion of their maps on one picture. */
import { needsLayer } from '../../../explain/kinds';
import type { MethodName } from '../../../explain/names';
import { deletionAndInsertion } from '../../../explain/trust/curves';
import type { AdviceCheck, AdviceFindings, Advised } from '../../protocol/trust';
import { runRequest } from '../run-request';
import { type Checked, checkedPicture, checkingProbe, laid, mapAt } from './checked-map';

export async function checkAdvice(checked: Checked, check: AdviceCheck): Promise<AdviceFindings> {
  const { model, params, services, input } = checked;
  const candidates: { layer: string | null; method: MethodName; map: Float32Array | Float64Array }[] = [];
  for (const method of check.methods) {
    // Other maps of the input are the same at every layer.
    const maps = needsLayer(method) ? [...check.layers] : check.layers.slice(0, 1);
    const asked = { ...params, maps, method, convention: null };
    const result = await runRequest(model, asked, services);
    for (const layer of maps) {
      const map = laid({ ...checked, params: asked, result }, layer, mapAt(result, layer));
      candidates.push({ layer: needsLayer(method) ? layer : null, method, map });
    }
  }
  const curves = await deletionAndInsertion(
    await checkedPicture(checked),
    input.size,
    candidates.map(({ map }) => map),
    await checkingProbe(checked),
    check
  );
  const ranked = candidates.map(({ layer, method }, i): Advised => ({
    layer,
    method,
    deletion: curves[i].deletion.area,
    insertion: curves[i].insertion.area
  }));
  ranked.sort((a, b) => b.insertion - b.deletion - (a.insertion - a.deletion));
  return { kind: 'advice', convention: check.convention ?? 'rise', ranked };
}
