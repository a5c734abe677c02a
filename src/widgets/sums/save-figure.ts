/** The figure as it is on the screen, with its title, its sum, and where it comes from. */
import { toPng } from '../export/figure-source';

const MARGIN = 16;
const LINE = 18;
const SHARPNESS = 2;

/** What a drawn element's look is made of. */
const LOOK = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-opacity',
  'stroke-dasharray',
  'opacity',
  'font-family',
  'font-size',
  'font-weight'
] as const;

/** Title over the figure, lines under it; each line broken where it would be wider. */
export interface Legend {
  title: string;
  lines: readonly string[];
}

/** A drawing that stands alone: styles of the page are written into it. */
export function svgOfFigure(figure: SVGSVGElement | null, page: Element, { title, lines }: Legend): string {
  const style = getComputedStyle(page);
  const [ink, paper] = ['--jp-ui-font-color1', '--jp-layout-color1'].map(name => style.getPropertyValue(name).trim());
  const width = Math.max(figure?.clientWidth ?? 0, 360);
  const height = figure?.clientHeight ?? 0;
  const perLine = Math.floor(width / 6.6);
  const told = lines.flatMap(line => broken(line, perLine));
  const total = { width: width + 2 * MARGIN, height: height + 2 * MARGIN + LINE * (told.length + 2) };
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  svg.setAttribute('width', String(total.width));
  svg.setAttribute('height', String(total.height));
  svg.append(element('rect', { width: '100%', height: '100%', fill: paper || '#fff' }));
  const text = (content: string, y: number, weight = '400'): void => {
    const node = element('text', {
      x: MARGIN,
      y,
      fill: ink || '#111',
      'font-size': 13,
      'font-weight': weight,
      'font-family': 'sans-serif'
    });
    node.textContent = content;
    svg.append(node);
  };
  text(title, MARGIN + 12, '600');
  if (figure) {
    const copy = figure.cloneNode(true) as SVGSVGElement;
    writeStyles(figure, copy);
    copy.setAttribute('x', String(MARGIN));
    copy.setAttribute('y', String(MARGIN + LINE));
    svg.append(copy);
  }
  told.forEach((line, i) => text(line, MARGIN + LINE * (2 + i) + height + 8));
  return new XMLSerializer().serializeToString(svg);
}

/** The same drawing as pixels. */
export async function pngOfFigure(svg: string, { title, lines }: Legend): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.width * SHARPNESS;
  canvas.height = image.height * SHARPNESS;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return toPng(canvas, { title, provenance: [...lines] });
}

function element(name: string, attributes: Record<string, string | number>): SVGElement {
  const node = document.createElementNS('http://www.w3.org/2000/svg', name);
  Object.entries(attributes).forEach(([key, value]) => node.setAttribute(key, String(value)));
  return node;
}

function writeStyles(from: Element, to: Element): void {
  const style = getComputedStyle(from);
  LOOK.forEach(name => (to as SVGElement).style.setProperty(name, style.getPropertyValue(name)));
  [...from.children].forEach((child, i) => writeStyles(child, to.children[i]));
}

function broken(text: string, most: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const joined = `${lines[lines.length - 1]} ${word}`.trim();
    if (joined.length > most && lines[lines.length - 1] !== '') {
      lines.push(word);
    } else {
      lines[lines.length - 1] = joined;
    }
  }
  return lines;
}
