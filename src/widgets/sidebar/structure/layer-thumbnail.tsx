import * as React from 'react';
import { COLORMAP_SIZE, colormapIndex, colormapTable } from '../../../viewer/color/colormaps';
import { fittingColormap, fittingRange } from '../../../viewer/values/fitting';
import { valueRange } from '../../../viewer/values/statistics';

/** A map, small, each over its own range; without a GPU, since there are dozens. */
export function Thumb(props: {
  picture: { data: Float32Array; width: number; height: number };
  title: string;
}): React.ReactElement {
  const { picture, title } = props;
  const canvas = React.useRef<HTMLCanvasElement>(null);
  React.useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context) {
      context.putImageData(new ImageData(colorsOf(picture.data), picture.width, picture.height), 0, 0);
    }
  }, [picture.data, picture.width, picture.height]);
  return (
    <canvas
      ref={canvas}
      className="jp-GradLens-thumb"
      width={picture.width}
      height={picture.height}
      title={title}
      aria-hidden="true"
    />
  );
}

function colorsOf(data: Float32Array): Uint8ClampedArray<ArrayBuffer> {
  const range = valueRange(fittingRange('auto', data), data);
  const [min, max] = range;
  const table = colormapTable(fittingColormap('auto', range));
  const stride = table.length / COLORMAP_SIZE;
  const colors = new Uint8ClampedArray(4 * data.length);
  data.forEach((value, i) => {
    if (Number.isFinite(value)) {
      const at = colormapIndex(value, min, max) * stride;
      colors.set([table[at], table[at + 1], table[at + 2], 255], 4 * i);
    }
  });
  return colors;
}
