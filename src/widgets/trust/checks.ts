/** The checks that a view offers, and what each asks of the worker. */
import type { TrustCheck } from '../../engine/protocol/trust';
import { METHOD_KINDS, needsLayer } from '../../explain/kinds';
import type { CurveConvention } from '../../explain/trust/curves';
import type { LayerInfo, ModelSummary } from '../../graph/layer-info';
import type { Explained } from '../../session/model/explained';
import type { MethodName } from '../../state/view-state';

export type CheckName = 'curves' | 'road' | 'cascading' | 'independent' | 'agreement' | 'advice';

/** Layers that advice compares. */
const MOST_LAYERS = 3;

/** Methods of a few passes, the one shown first. */
function methodsBeside(shown: MethodName, others: readonly MethodName[]): MethodName[] {
  return [shown, ...others.filter(method => method !== shown)];
}

const AGREEING: readonly MethodName[] = [
  'grad-cam',
  'grad-cam++',
  'hires-cam',
  'layer-cam',
  'eigen-cam',
  'saliency',
  'input-x-gradient',
  'guided-backprop'
];

const ADVISED: readonly MethodName[] = ['grad-cam', 'hires-cam', 'layer-cam', 'saliency'];

export function checkOf(
  name: CheckName,
  explained: Explained,
  model: ModelSummary,
  convention: CurveConvention
): TrustCheck {
  switch (name) {
    case 'curves':
      return { kind: 'curves', convention };
    case 'road':
      return { kind: 'road' };
    case 'cascading':
    case 'independent':
      return { kind: 'randomisation', order: name };
    case 'agreement':
      return { kind: 'agreement', methods: methodsBeside(explained.method, AGREEING) };
    case 'advice': {
      // What takes many passes a layer would take minutes.
      const isQuick = !['masking', 'input-passes'].includes(METHOD_KINDS[explained.method]);
      const methods = isQuick ? methodsBeside(explained.method, ADVISED) : [...ADVISED];
      const layers = advisedLayers(model.layers, explained.layer);
      return {
        kind: 'advice',
        convention,
        layers: layers.length > 0 ? layers : [explained.layer],
        methods: layers.length > 0 ? methods : methods.filter(method => !needsLayer(method))
      };
    }
  }
}

/** The layer shown, and the last one of each size of maps before the output. */
export function advisedLayers(layers: readonly LayerInfo[], shown: string): string[] {
  const bySize = new Map<string, string>();
  for (const { id, outputShape, explainable } of layers) {
    if (explainable) {
      const size = String(outputShape.slice(0, -1));
      bySize.delete(size);
      bySize.set(size, id);
    }
  }
  const isMapped = layers.some(({ id, explainable, hasMap }) => id === shown && (hasMap ?? explainable));
  const last = [...bySize.values()].reverse().filter(id => id !== shown);
  return [...(isMapped ? [shown] : []), ...last].slice(0, MOST_LAYERS);
}
