import * as React from 'react';
import type { PayloadImage } from '../../mime/payload';
import { useTrans } from '../shared/context';

/** The images of a view, to pick the one that is explained. */
export function ImageStrip(props: {
  images: readonly PayloadImage[];
  selected: number;
  onPick: (index: number) => void;
}): React.ReactElement | null {
  const { images, selected, onPick } = props;
  const trans = useTrans();
  if (images.length < 2) {
    return null;
  }
  return (
    <div className="jp-GradLens-images" role="group" aria-label={trans.__('Images')}>
      {images.map((image, i) => (
        <button key={i} type="button" aria-pressed={i === selected} title={image.name} onClick={() => onPick(i)}>
          <img src={`data:image/png;base64,${image.picture}`} alt="" loading="lazy" />
          <span>
            <bdi>{image.name}</bdi>
          </span>
        </button>
      ))}
    </div>
  );
}
