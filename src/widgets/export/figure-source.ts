import type { TranslationBundle } from '@jupyterlab/translation';
import { fetched } from '../../messages/fetched';
import { message, MessageError } from '../../messages/message';
import { planeOf, type ShownMap, type ShownRange } from '../../session/view/shown-map';
import type { Viewport, ViewState } from '../../state/view-state';
import type { Inks } from '../../viewer/draw/canvas';
import type { PaneScene } from '../../viewer/draw/pane-scene';
import { mapToCsv } from '../../viewer/export/csv';
import { drawFigure, drawFigurePane, type Figure } from '../../viewer/export/figure';
import { encodeNpy } from '../../viewer/export/npy';
import { withPngText } from '../../viewer/export/png-text';
import type { HeatmapRenderer } from '../../viewer/gl/renderer';
import { FIT } from '../../viewer/layout/viewport';
import { themeInks } from '../shared/hooks/use-canvas';
import { contoursOf, styleOf } from '../shared/hooks/use-style';

/** The parts of a view that a figure is made from. */
export interface FigureSource {
  state(): Readonly<ViewState>;
  renderer: HeatmapRenderer;
  picture: ImageBitmap | null;
  aspect: number;
  map: ShownMap;
  /** Above a picture of it. */
  title: string;
  /** Names of the model and the image, for files; none of an array. */
  of: readonly string[];
  range: ShownRange;
  /** The line that goes with what is exported; see {@link provenanceOf}. */
  provenance: readonly string[];
}

/** Device pixels a CSS pixel of a picture that is not as on the screen. */
export const SHARPNESS = 2;

/** Makes the scene of a figure, hands it over, and lets go of what it took on the GPU. */
export function withScene<T>(source: FigureSource, viewport: Viewport, act: (scene: PaneScene) => T): T {
  const { state, renderer, picture, aspect, map, range } = source;
  const texture = renderer.upload(map.planes);
  try {
    return act({
      viewport,
      aspect,
      cursor: null,
      picture: picture && { source: picture, width: picture.width, height: picture.height },
      map: {
        texture,
        channel: map.channel,
        region: map.region,
        style: styleOf(state(), range, map.planes, picture !== null)
      },
      showCells: true,
      contours: contoursOf(state(), map, range)
    });
  } finally {
    texture.dispose();
  }
}

export const LIGHT: Inks = {
  background: '#fff',
  text: '#555',
  line: 'rgba(128, 128, 128, 0.6)',
  selected: '#1976d2',
  crosshair: '#fff',
  halo: 'rgba(0, 0, 0, 0.55)',
  font: 'sans-serif'
};

export function figureOf(
  source: FigureSource,
  scene: PaneScene,
  width: number,
  height: number,
  paper: string,
  ink: string
): Figure {
  return {
    title: source.title,
    provenance: source.provenance,
    scene,
    width,
    height,
    bounds: source.range.bounds,
    scale: source.range.scale,
    paper,
    ink
  };
}

/** A PNG that says in its metadata, too, where it comes from: a caption is cut off easily. */
export async function toPng(
  canvas: HTMLCanvasElement,
  { title, provenance }: Pick<FigureSource, 'title' | 'provenance'>
): Promise<Blob> {
  const drawn = new Uint8Array(await (await drawnPng(canvas)).arrayBuffer());
  const described = withPngText(drawn, 'Description', provenance.join(' · '));
  return new Blob([withPngText(withPngText(described, 'Title', title), 'Software', 'GradLens')], { type: 'image/png' });
}

function drawnPng(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      blob =>
        blob
          ? resolve(blob)
          : reject(
              new MessageError(
                message('The browser could not make a PNG of this size; zoom the page out and try again.')
              )
            ),
      'image/png'
    )
  );
}

/** PNG of a map as it is seen on the screen, with title and colour bar, in the theme's colours. */
export function pngAsSeen(source: FigureSource, canvas: HTMLElement): Promise<Blob> {
  const style = getComputedStyle(canvas);
  const paper = style.getPropertyValue('--jp-layout-color1').trim() || '#fff';
  const ink = style.getPropertyValue('--jp-ui-font-color1').trim() || '#000';
  return withScene(source, source.state().viewport, scene =>
    toPng(
      drawFigure(
        figureOf(source, scene, canvas.clientWidth, canvas.clientHeight, paper, ink),
        themeInks(canvas),
        Math.max(window.devicePixelRatio, SHARPNESS),
        source.renderer
      ),
      source
    )
  );
}

/** PNG of a whole map over its picture, a pixel for each pixel of the picture; a pixel a cell where there is none. */
export function pngTrueSize(source: FigureSource): Promise<Blob> {
  const { width, height } = source.picture ?? source.map.planes;
  return withScene(source, FIT, scene =>
    toPng(
      drawFigurePane(
        figureOf(source, { ...scene, showCells: false }, width, height, '#fff', '#000'),
        { ...LIGHT, background: 'transparent' },
        1,
        source.renderer
      ),
      source
    )
  );
}

/**
 * PNG of what is seen of a map, with title and colour bar, to be stored in the notebook: base64, at once. Its
 * reader may be dark or light: it has no paper, and dark letters with a light edge.
 *
 * @param part - Says which part of the picture it is; null of the whole.
 */
export function pngToStore(source: FigureSource, width: number, part: string | null): string {
  const url = withScene(source, source.state().viewport, scene =>
    drawFigure(
      {
        ...figureOf(
          source,
          { ...scene, showCells: part !== null },
          width,
          Math.round(width / source.aspect),
          'transparent',
          '#111'
        ),
        edge: '#fff',
        // It lies in the notebook, beside the cell that says where it comes from.
        provenance: part === null ? [] : [part]
      },
      LIGHT,
      1,
      source.renderer
    ).toDataURL('image/png')
  );
  return url.slice(url.indexOf(',') + 1);
}

/** SVG of a map as it is seen on the screen: contours, colour bar and text as vectors. */
export async function svgAsSeen(source: FigureSource, canvas: HTMLElement): Promise<Blob> {
  const { figureToSvg } = await fetched(import('../../viewer/export/svg'));
  return withScene(source, source.state().viewport, scene => {
    const figure = figureOf(source, scene, canvas.clientWidth, canvas.clientHeight, '#fff', '#111');
    const bare = { ...figure, scene: { ...scene, contours: [] } };
    const pane = drawFigurePane(bare, LIGHT, SHARPNESS, source.renderer);
    return new Blob([figureToSvg(figure, pane.toDataURL('image/png'))], { type: 'image/svg+xml' });
  });
}

/** The map's raw values, (height, width), or of a volume all of it, (slices, height, width). */
export function npyOfMap({ map }: FigureSource): Blob {
  const { channel, volume } = map;
  const { width, height } = volume ?? map.planes;
  const values = planeOf({ planes: volume ?? map.planes, channel });
  const shape = volume?.slices ? [volume.slices, height / volume.slices, width] : [height, width];
  return new Blob([encodeNpy(values, shape)], { type: 'application/octet-stream' });
}

/** The title of a map on its own, where no slider says which slice it is. */
export const titleOf = ({ title, slice, isFrame }: ShownMap, trans: TranslationBundle): string =>
  slice === undefined
    ? title
    : isFrame
      ? trans.__('%1, frame %2', title, slice)
      : trans.__('%1, slice %2', title, slice);

export function csvOfMap({ map, provenance }: FigureSource): Blob {
  const csv = mapToCsv(planeOf(map), map.planes.width, provenance.join(' · '));
  return new Blob([csv], { type: 'text/csv;charset=utf-8' });
}
