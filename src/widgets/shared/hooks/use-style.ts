import * as React from 'react';
import type { ShownRange } from '../../../session/view/shown-map';
import { planeOf, type ShownMap } from '../../../session/view/shown-map';
import type { ViewState } from '../../../state/view-state';
import { type ContourLevel, contourLevels, contourLines } from '../../../viewer/draw/contours';
import type { HeatmapStyle } from '../../../viewer/gl/renderer';
import { onImage } from '../../../viewer/layout/map-grid';
import { unitToScale } from '../../../viewer/values/scale';
import { useViewProperty } from '../view-context';

type StyleState = Pick<ViewState, 'colormap' | 'reversed' | 'opacity' | 'smooth' | 'threshold' | 'clip' | 'range'>;

/** The colours of a map, from a view's state. */
export function styleOf(state: StyleState, range: ShownRange, isOverPicture: boolean): HeatmapStyle {
  return {
    colormap: state.colormap,
    reversed: state.reversed,
    smooth: state.smooth,
    min: range.bounds[0],
    max: range.bounds[1],
    scale: range.scale,
    marks: state.clip ? 'outside' : 'infinite',
    opacity: isOverPicture ? state.opacity : 1,
    threshold: isOverPicture ? state.threshold : 0,
    thresholdByMagnitude: state.range === 'symmetric'
  };
}

/** The contour lines that a state asks for, equally spaced on the colour bar. */
export function contoursOf(
  { contours, smooth }: Pick<ViewState, 'contours' | 'smooth'>,
  map: ShownMap,
  range: ShownRange
): ContourLevel[] {
  const levels = contourLevels(0, 1, contours).map(unit => unitToScale(range.scale, unit, range.bounds));
  const found =
    levels.length === 0 ? [] : contourLines(planeOf(map), map.planes.width, map.planes.height, levels, smooth);
  const place = ([u, v]: [number, number]): [number, number] => {
    const { x, y } = onImage(map.region, { x: u, y: v });
    return [x, y];
  };
  return found.map(({ level, lines }) => ({ level, lines: lines.map(line => line.map(place)) }));
}

/** {@link styleOf}, live. */
export function useStyle(range: ShownRange | null, isOverPicture: boolean): HeatmapStyle | null {
  const colormap = useViewProperty('colormap');
  const reversed = useViewProperty('reversed');
  const opacity = useViewProperty('opacity');
  const smooth = useViewProperty('smooth');
  const threshold = useViewProperty('threshold');
  const clip = useViewProperty('clip');
  const choice = useViewProperty('range');
  return React.useMemo(
    () =>
      range && styleOf({ colormap, reversed, opacity, smooth, threshold, clip, range: choice }, range, isOverPicture),
    [range, colormap, reversed, opacity, smooth, threshold, clip, choice, isOverPicture]
  );
}

/** {@link contoursOf}, live. */
export function useContours(map: ShownMap | null, range: ShownRange | null): ContourLevel[] {
  const contours = useViewProperty('contours');
  const smooth = useViewProperty('smooth');
  return React.useMemo(
    () => (map && range ? contoursOf({ contours, smooth }, map, range) : []),
    [map, range, contours, smooth]
  );
}
