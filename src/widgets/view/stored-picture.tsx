import * as React from 'react';
import { useTrans } from '../shared/context';

/** The heatmap that the notebook holds, where no other can be computed; its title is in it. */
export function StoredPicture({ picture }: { picture: { title: string; png: string } }): React.ReactElement {
  const { title, png } = picture;
  const trans = useTrans();
  const heading = trans.__('As last computed');
  const whole = title === '' ? heading : trans.__('As last computed: %1', title);
  return (
    <>
      <div className="jp-GradLens-caption jp-mod-line">
        <h3 title={whole}>{heading}</h3>
      </div>
      <img className="jp-GradLens-stored" src={`data:image/png;base64,${png}`} alt={whole} />
    </>
  );
}
