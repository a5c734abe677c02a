import { colormapGradientStops } from '../color/colormaps';
import { contourColor } from '../draw/draw-outlines';
import { imageSize, pixelAt } from '../layout/viewport';
import { CAPTION_FONT_SIZE, type Figure, layOut, TICK_FONT_SIZE, TITLE_FONT_SIZE } from './figure';

const escapeXml = (text: string): string => text.replace(/[<>&"']/g, sign => `&#${sign.charCodeAt(0)};`);

/**
 * A figure as SVG: contours, colour bar and text as vectors, the pane beneath as
 * a picture.
 *
 * @param pane - Data URL of the pane without its contours.
 */
export function figureToSvg(figure: Figure, pane: string): string {
  const { width, height, title, pane: at, bar, ticks, caption } = layOut(figure);
  const style = figure.scene.map?.style;
  const stops = colormapGradientStops(style?.colormap ?? 'gray', style?.reversed)
    .map(([offset, color]) => `<stop offset="${offset}" stop-color="${color}"/>`)
    .join('');
  const text = (x: number, y: number, size: number, value: string, more: string): string =>
    `<text x="${x.toFixed(1)}" y="${y}" font-size="${size}" font-family="sans-serif" fill="${figure.ink}"${more}>${escapeXml(value)}</text>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeXml(figure.title)}">`,
    `<title>${escapeXml(figure.title)}</title>`,
    `<desc>${escapeXml(figure.provenance.join(' · '))}</desc>`,
    `<defs><linearGradient id="bar">${stops}</linearGradient><clipPath id="pane"><rect width="${at.width}" height="${at.height}"/></clipPath>${imageClip(figure)}</defs>`,
    `<rect width="${width}" height="${height}" fill="${figure.paper}"/>`,
    text(title.x, title.y, TITLE_FONT_SIZE, figure.title, ' font-weight="600"'),
    `<g transform="translate(${at.x} ${at.y})" clip-path="url(#pane)">`,
    `<image width="${at.width}" height="${at.height}" href="${pane}"/>`,
    '<g clip-path="url(#image)">',
    ...contourPaths(figure),
    '</g>',
    '</g>',
    `<rect x="${bar.x}" y="${bar.y}" width="${bar.width}" height="${bar.height}" fill="url(#bar)"/>`,
    ...ticks.map(tick =>
      text(tick.x, tick.y, TICK_FONT_SIZE, tick.text, ` text-anchor="${anchor(tick.x, bar.x, bar.width)}"`)
    ),
    ...caption.map(line => text(line.x, line.y, CAPTION_FONT_SIZE, line.text, '')),
    '</svg>',
    ''
  ].join('\n');
}

/** Labels at the ends of the bar stay within it. */
function anchor(x: number, from: number, width: number): string {
  return x < from + 12 ? 'start' : x > from + width - 12 ? 'end' : 'middle';
}

/** Contours of a map that reaches out of its image end with the image. */
function imageClip({ scene: { viewport, aspect }, width, height }: Figure): string {
  const from = pixelAt(viewport, { width, height, aspect }, 0, 0);
  const size = imageSize({ width, height, aspect }, viewport.zoom);
  const [x, y, w, h] = [from.x, from.y, size.width, size.height].map(value => value.toFixed(2));
  return `<clipPath id="image"><rect x="${x}" y="${y}" width="${w}" height="${h}"/></clipPath>`;
}

function contourPaths({ scene, width, height }: Figure): string[] {
  const { map, contours = [], viewport, aspect } = scene;
  if (!map) {
    return [];
  }
  const pane = { width, height, aspect };
  return contours.map(({ level, lines }) => {
    const path = lines
      .map(line =>
        line
          .map(([u, v], i) => {
            const { x, y } = pixelAt(viewport, pane, u, v);
            return `${i === 0 ? 'M' : 'L'}${x.toFixed(2)} ${y.toFixed(2)}`;
          })
          .join('')
      )
      .join('');
    const line = (color: string, strokeWidth: number): string =>
      `<path d="${path}" fill="none" stroke="${color}" stroke-width="${strokeWidth}" stroke-linejoin="round"/>`;
    return `<g data-level="${level}">${line('rgba(0, 0, 0, 0.65)', 3.75)}${line(contourColor(map.style, level), 1.25)}</g>`;
  });
}
