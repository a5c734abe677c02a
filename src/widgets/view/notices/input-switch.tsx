import * as React from 'react';
import type { LayerInfo } from '../../../graph/layer-info';
import { layerOfInput } from '../../../layers/other-input';
import type { PayloadImage } from '../../../mime/payload';
import { useTrans } from '../../shared/context';
import { useModel } from '../../shared/view-context';

/** Beside a layer that sees one of several pictures: the way to the others. */
export function InputSwitch({ layer, image }: { layer: LayerInfo; image: PayloadImage }): React.ReactElement | null {
  const { session, snapshot } = useModel();
  const trans = useTrans();
  const pictures = [
    ...(image.input === undefined ? [] : [image.input]),
    ...Object.entries(image.others ?? {}).flatMap(([name, other]) => ('picture' in other ? [name] : []))
  ];
  const ways = pictures.flatMap(name => {
    const to = layer.sees.includes(name) ? null : layerOfInput(snapshot.model?.layers ?? [], layer, name);
    return to ? [{ name, to: to.id }] : [];
  });
  return layer.sees.length !== 1 || ways.length === 0 ? null : (
    <p className="jp-GradLens-note">
      {ways.map(({ name, to }) => (
        <button
          key={name}
          type="button"
          className="jp-GradLens-button"
          title={trans.__('Explain the layer %1, which sees it', to)}
          onClick={() => session.update({ layer: to })}
        >
          {trans.__('Show %1', name)}
        </button>
      ))}
    </p>
  );
}
