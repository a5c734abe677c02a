import * as React from 'react';
import type { InputPictures } from '../../engine/protocol/sums';

/** One channel of the input as a picture in gray, with the window that is read framed. */
export function InputPicture(props: {
  x: number;
  y: number;
  /** Longer side, CSS pixels. */
  size: number;
  pictures: InputPictures;
  /** Which of them. */
  which: number;
  rowsAt: Int32Array;
  columnsAt: Int32Array;
  title: string;
}): React.ReactElement {
  const { x, y, pictures, which, rowsAt, columnsAt, title } = props;
  const [width, height] = pictureSize(pictures, props.size);
  const url = React.useMemo(() => urlOf(pictures, which), [pictures, which]);
  const scale = { x: width / pictures.columns, y: height / pictures.rows };
  const [top, bottom] = span(rowsAt);
  const [left, right] = span(columnsAt);
  return (
    <g transform={`translate(${x} ${y})`}>
      <text className="jp-GradLens-sumTitle" x={width / 2} y={-6} textAnchor="middle">
        {title}
      </text>
      <image
        className="jp-GradLens-sumPicture"
        href={url}
        width={width}
        height={height}
        preserveAspectRatio="none"
        style={{ imageRendering: 'pixelated' }}
      />
      <rect className="jp-GradLens-sumFrame" width={width} height={height} />
      {bottom >= top && right >= left && (
        <>
          <rect
            className="jp-GradLens-sumWindowHalo"
            x={left * scale.x}
            y={top * scale.y}
            width={(right - left + 1) * scale.x}
            height={(bottom - top + 1) * scale.y}
          />
          <rect
            className="jp-GradLens-sumWindow"
            x={left * scale.x}
            y={top * scale.y}
            width={(right - left + 1) * scale.x}
            height={(bottom - top + 1) * scale.y}
          />
        </>
      )}
    </g>
  );
}

/** Width and height of a picture whose longer side is given; strips are thickened. */
export function pictureSize({ rows, columns }: InputPictures, size: number): [number, number] {
  const scale = size / Math.max(rows, columns);
  return [Math.max(12, columns * scale), Math.max(12, rows * scale)];
}

/** First and last of the places inside; an empty span where all lie outside. */
function span(places: Int32Array): [number, number] {
  const inside = [...places].filter(place => place >= 0);
  return inside.length > 0 ? [Math.min(...inside), Math.max(...inside)] : [0, -1];
}

function urlOf({ rows, columns, step, planes }: InputPictures, which: number): string {
  const [height, width] = [Math.ceil(rows / step), Math.ceil(columns / step)];
  const plane = planes.subarray(which * height * width, (which + 1) * height * width);
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (!context) {
    return '';
  }
  const [low, high] = plane.reduce(([a, b], value) => [Math.min(a, value), Math.max(b, value)], [Infinity, -Infinity]);
  const image = context.createImageData(width, height);
  plane.forEach((value, i) => {
    const gray = high > low ? Math.round((255 * (value - low)) / (high - low)) : 128;
    image.data.set([gray, gray, gray, 255], i * 4);
  });
  context.putImageData(image, 0, 0);
  return canvas.toDataURL();
}
