import * as React from 'react';
import type { ColormapName } from '../../state/view-state';
import { COLORMAP_NAMES } from '../../state/vocabulary';
import { colormapGradient } from '../../viewer/color/colormaps';
import { useTrans } from '../shared/context';

/** The colour maps, each with its colours. */
export function ColormapChoice(props: {
  value: ColormapName;
  reversed: boolean;
  onChange: (value: ColormapName) => void;
}): React.ReactElement {
  const { value, reversed, onChange } = props;
  const trans = useTrans();
  const group = React.useId();
  return (
    <fieldset className="jp-GradLens-set jp-GradLens-colormaps">
      <legend>{trans.__('Colours')}</legend>
      {COLORMAP_NAMES.map(name => (
        <label key={name} className="jp-GradLens-colormap">
          <input type="radio" name={group} checked={name === value} onChange={() => onChange(name)} />
          <span className="jp-GradLens-swatch" style={{ background: colormapGradient(name, 'to right', reversed) }} />
          <span>{name}</span>
        </label>
      ))}
    </fieldset>
  );
}
