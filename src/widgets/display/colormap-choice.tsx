import * as React from 'react';
import type { ColormapChoice as ColormapChoiceName, ColormapName } from '../../state/view-state';
import { COLORMAP_CHOICES } from '../../state/vocabulary';
import { colormapGradient } from '../../viewer/color/colormaps';
import { useTrans } from '../shared/context';

/** The colour maps, each with its colours. */
export function ColormapChoice(props: {
  value: ColormapChoiceName;
  /** The one that `auto` stands for now. */
  fitting: ColormapName;
  reversed: boolean;
  onChange: (value: ColormapChoiceName) => void;
}): React.ReactElement {
  const { value, fitting, reversed, onChange } = props;
  const trans = useTrans();
  const group = React.useId();
  return (
    <fieldset className="jp-GradLens-set jp-GradLens-colormaps">
      <legend>{trans.__('Colours')}</legend>
      {COLORMAP_CHOICES.map(name => (
        <label key={name} className="jp-GradLens-colormap">
          <input type="radio" name={group} checked={name === value} onChange={() => onChange(name)} />
          <span
            className="jp-GradLens-swatch"
            style={{ background: colormapGradient(name === 'auto' ? fitting : name, 'to right', reversed) }}
          />
          <span>{name === 'auto' ? trans.__('auto: %1', fitting) : name}</span>
        </label>
      ))}
    </fieldset>
  );
}
