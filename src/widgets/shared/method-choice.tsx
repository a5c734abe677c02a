import * as React from 'react';
import { METHOD_NAMES } from '../../explain/vocabulary';
import { METHOD_LABELS } from '../../state/methods';
import type { MethodName } from '../../state/view-state';
import { DEFAULT_STATE } from '../../state/vocabulary';
import { useTrans } from './context';
import { Choice } from './fields';
import { useRefusal } from './hooks/use-refusal';
import { useModel, useViewProperty } from './view-context';

/** Chooses the method, and says which one suits the model's head where that is not Grad-CAM. */
export function MethodChoice({ disabled }: { disabled?: boolean }): React.ReactElement {
  const { controller, session } = useModel();
  const trans = useTrans();
  const refusal = useRefusal();
  const usual = controller.usualMethod;
  const labelOf = (name: MethodName): string =>
    name === usual && usual !== DEFAULT_STATE.method
      ? trans.__('%1, for this head', METHOD_LABELS[name])
      : METHOD_LABELS[name];
  return (
    <Choice<MethodName>
      label={trans.__('Method')}
      value={useViewProperty('method')}
      disabled={disabled}
      options={METHOD_NAMES.map(name => ({ value: name, label: labelOf(name), refusal: refusal({ method: name }) }))}
      onChange={name => session.explain({ method: name })}
    />
  );
}
