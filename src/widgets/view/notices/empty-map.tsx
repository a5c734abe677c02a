import * as React from 'react';
import { noEvidence } from '../../../explain/no-evidence';
import type { LayerInfo, ModelSummary } from '../../../graph/layer-info';
import { message } from '../../../messages/message';
import type { Explained } from '../../../session/model/explained';
import { methodOfPlaces, placeReader } from '../../../session/model/usual-method';
import { METHOD_LABELS } from '../../../state/methods';
import { isUnitTarget } from '../../../state/targets';
import { useTrans } from '../../shared/context';
import { useRefusal } from '../../shared/hooks/use-refusal';
import { Notice } from '../../shared/notice';
import { Notices } from '../../shared/notices';
import { RefusableButton } from '../../shared/refusable';
import { useSession } from '../../shared/view-context';

/** Says that nothing of a map is above zero, and, where a method lost what there was, which keeps it. */
export function EmptyMap(props: {
  model: ModelSummary;
  explained: Explained;
  layer: LayerInfo;
}): React.ReactElement | null {
  const { model, explained, layer } = props;
  const session = useSession();
  const refusal = useRefusal();
  const trans = useTrans();
  if (!(layer.id in explained.run.empty)) {
    return null;
  }
  const { output } = explained.run;
  // Of a layer's units, no head comes after them.
  const isOfClass = !isUnitTarget(explained.target);
  const reader = placeReader(model, layer, output);
  const other = methodOfPlaces(model, layer, output, explained.method);
  if (!isOfClass || reader === null || other === null) {
    return <Notices notices={[noEvidence(layer.id)]} />;
  }
  const [shown, keeps] = [METHOD_LABELS[explained.method], METHOD_LABELS[other]];
  return (
    <Notice
      message={message(
        '%1: no positive evidence for this class by %2. The head reads positions (%3 keeps each place apart), and %2 averages over them, which can lose all that there is. %4 does not.',
        layer.id,
        shown,
        reader,
        keeps
      )}
    >
      <RefusableButton
        refusal={refusal({ method: other })}
        className="jp-GradLens-button"
        onClick={() => session.explain({ method: other })}
      >
        {trans.__('Show %1', keeps)}
      </RefusableButton>
    </Notice>
  );
}
