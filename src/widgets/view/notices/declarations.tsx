import * as React from 'react';
import { useTrans } from '../../shared/context';
import { useModel } from '../../shared/view-context';

/** Layers that exist only as Python code: to be treated as the identity, or no longer as what was declared. */
export function Declarations(): React.ReactElement | null {
  const { controller, payload, snapshot } = useModel();
  const trans = useTrans();
  const declared = payload.layers ?? {};
  const open = (snapshot.model?.undeclared ?? []).filter(name => !Object.hasOwn(declared, name));
  if (open.length === 0 && Object.keys(declared).length === 0) {
    return null;
  }
  const without = (name: string) => Object.fromEntries(Object.entries(declared).filter(([other]) => other !== name));
  return (
    <div className="jp-GradLens-declarations" role="group" aria-label={trans.__('Layers of your own')}>
      {open.map(name => (
        <button
          key={name}
          type="button"
          className="jp-GradLens-button"
          title={trans.__(
            'Where it changes nothing when the model predicts, or you give the values behind it as the picture'
          )}
          onClick={() => void controller.declare({ ...declared, [name]: 'identity' })}
        >
          {trans.__('Treat %1 as the identity', name)}
        </button>
      ))}
      {Object.keys(declared).map(name => (
        <button
          key={name}
          type="button"
          className="jp-GradLens-button"
          onClick={() => void controller.declare(without(name))}
        >
          {trans.__('Take back: %1', name)}
        </button>
      ))}
    </div>
  );
}
