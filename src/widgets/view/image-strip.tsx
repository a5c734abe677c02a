import * as React from 'react';
import type { PayloadImage } from '../../mime/payload';
import { useTrans } from '../shared/context';
import { seenSize } from './use-picture';

/** The images of a view, to pick the one that is explained. */
export function ImageStrip(props: {
  images: readonly PayloadImage[];
  selected: number;
  onPick: (index: number) => void;
  isDisabled?: boolean;
}): React.ReactElement | null {
  const { images, selected, onPick, isDisabled = false } = props;
  const trans = useTrans();
  if (images.length < 2) {
    return null;
  }
  return (
    <div className="jp-GradLens-images" role="group" aria-label={trans.__('Images')}>
      {images.map((image, i) => (
        <button
          key={i}
          type="button"
          aria-pressed={i === selected}
          title={image.name}
          disabled={isDisabled}
          onClick={() => onPick(i)}
        >
          {image.slices === undefined ? (
            <img src={`data:image/png;base64,${image.picture}`} alt="" loading="lazy" />
          ) : (
            <Middle image={image} slices={image.slices} />
          )}
          <span>
            <bdi>{image.name}</bdi>
          </span>
        </button>
      ))}
    </div>
  );
}

/** The middle slice of a volume, whose slices lie one under the other in its picture. */
function Middle({ image, slices }: { image: PayloadImage; slices: number }): React.ReactElement {
  const size = seenSize(image);
  return (
    <i
      className="jp-GradLens-slice"
      style={{
        aspectRatio: size ? size.width / size.height : 1,
        backgroundImage: `url("data:image/png;base64,${image.picture}")`,
        backgroundSize: `100% ${100 * slices}%`,
        backgroundPosition: `0 ${slices > 1 ? (100 * Math.floor(slices / 2)) / (slices - 1) : 0}%`
      }}
    />
  );
}
