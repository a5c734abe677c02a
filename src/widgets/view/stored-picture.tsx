import * as React from 'react';
import { useTrans } from '../shared/context';

/** The heatmap that the notebook holds, where no other can be computed. */
export function StoredPicture({ picture }: { picture: { title: string; png: string } }): React.ReactElement {
  const { title, png } = picture;
  const trans = useTrans();
  const caption = title === '' ? trans.__('As last computed') : trans.__('As last computed: %1', title);
  return (
    <>
      <div className="jp-GradLens-caption jp-mod-line">
        <h3 title={caption}>{caption}</h3>
      </div>
      <img className="jp-GradLens-stored" src={`data:image/png;base64,${png}`} alt={caption} />
    </>
  );
}
