import * as React from 'react';
import { tellProblem } from '../../../session/tell-problem';
import type { ShownRange } from '../../../session/view/shown-map';
import { planeOf, type ShownMap } from '../../../session/view/shown-map';
import type { ViewState } from '../../../state/view-state';
import type { ContourLevel } from '../../../viewer/draw/contours';
import { loadContours, loadedContours } from '../../../viewer/draw/contours-when-needed';
import type { HeatmapPlanes, HeatmapStyle } from '../../../viewer/gl/renderer';
import { onImage } from '../../../viewer/layout/map-grid';
import { fittingColormap, fittingSmooth, isSymmetric } from '../../../viewer/values/fitting';
import { unitToScale } from '../../../viewer/values/scale';
import { useTrans } from '../context';
import { useViewProperty } from '../view-context';

type StyleState = Pick<
  ViewState,
  'colormap' | 'reversed' | 'opacity' | 'opacityRule' | 'smooth' | 'threshold' | 'clip'
>;

/** How many cells a map has. */
type Cells = Pick<HeatmapPlanes, 'width' | 'height'>;

/** The colours of a map, from a view's state. */
export function styleOf(state: StyleState, range: ShownRange, cells: Cells, isOverPicture: boolean): HeatmapStyle {
  return {
    colormap: fittingColormap(state.colormap, range.bounds),
    reversed: state.reversed,
    smooth: fittingSmooth(state.smooth, cells),
    min: range.bounds[0],
    max: range.bounds[1],
    scale: range.scale,
    marks: state.clip ? 'outside' : 'infinite',
    opacity: isOverPicture ? state.opacity : 1,
    fades: isOverPicture && state.opacityRule === 'by-value',
    threshold: isOverPicture ? state.threshold : 0,
    thresholdByMagnitude: isSymmetric(range.bounds)
  };
}

/** The contour lines that a state asks for, equally spaced on the colour bar; none before {@link useContours} has loaded what finds them. */
export function contoursOf(
  { contours, smooth }: Pick<ViewState, 'contours' | 'smooth'>,
  map: ShownMap,
  range: ShownRange
): ContourLevel[] {
  const find = loadedContours();
  if (!find || contours === 0) {
    return [];
  }
  const levels = find.contourLevels(0, 1, contours).map(unit => unitToScale(range.scale, unit, range.bounds));
  const { width, height } = map.planes;
  const found = find.contourLines(planeOf(map), width, height, levels, fittingSmooth(smooth, map.planes));
  const place = ([u, v]: [number, number]): [number, number] => {
    const { x, y } = onImage(map.region, { x: u, y: v });
    return [x, y];
  };
  return found.map(({ level, lines }) => ({ level, lines: lines.map(line => line.map(place)) }));
}

/** {@link styleOf}, live. */
export function useStyle(range: ShownRange | null, cells: Cells | null, isOverPicture: boolean): HeatmapStyle | null {
  const colormap = useViewProperty('colormap');
  const reversed = useViewProperty('reversed');
  const opacity = useViewProperty('opacity');
  const opacityRule = useViewProperty('opacityRule');
  const smooth = useViewProperty('smooth');
  const threshold = useViewProperty('threshold');
  const clip = useViewProperty('clip');
  return React.useMemo(
    () =>
      range &&
      cells &&
      styleOf({ colormap, reversed, opacity, opacityRule, smooth, threshold, clip }, range, cells, isOverPicture),
    [range, cells, colormap, reversed, opacity, opacityRule, smooth, threshold, clip, isOverPicture]
  );
}

/** {@link contoursOf}, live. */
export function useContours(map: ShownMap | null, range: ShownRange | null): ContourLevel[] {
  const contours = useViewProperty('contours');
  const smooth = useViewProperty('smooth');
  const [isLoaded, setLoaded] = React.useState(loadedContours() !== null);
  const isAsked = contours > 0;
  const trans = useTrans();
  React.useEffect(() => {
    if (isAsked) {
      loadContours().then(
        () => setLoaded(true),
        (error: unknown) => tellProblem(error, trans)
      );
    }
  }, [isAsked, trans]);
  return React.useMemo(
    () => (map && range && isLoaded ? contoursOf({ contours, smooth }, map, range) : []),
    [map, range, isLoaded, contours, smooth]
  );
}
