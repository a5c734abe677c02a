import { boxZoomGesture } from './box-zoom';
import { clickGesture } from './click';
import { doubleClickGesture } from './double-click';
import { dragGesture } from './drag';
import { drawRegionGesture } from './draw-region';
import { hoverGesture } from './hover';
import { keyboardGesture } from './keyboard';
import { paintGesture } from './paint';
import { pinchGesture } from './pinch';
import type { Disposer, GestureTarget } from './target';
import { wheelGesture, type WheelOptions } from './wheel';

export { clickGesture } from './click';
export { doubleClickGesture } from './double-click';
export { dragGesture } from './drag';
export { hoverGesture } from './hover';
export { pinchGesture } from './pinch';
export { type Disposer, type DragTool, type GestureTarget, type PanePoint, perWindowPixel } from './target';
export { wheelGesture, type WheelOptions } from './wheel';

/** Attaches every gesture; returns what detaches them all. */
export function attachGestures(element: HTMLElement, target: GestureTarget, options: WheelOptions = {}): Disposer {
  const disposers = [
    wheelGesture(element, target, options),
    dragGesture(element, target),
    drawRegionGesture(element, target),
    paintGesture(element, target),
    boxZoomGesture(element, target),
    doubleClickGesture(element, target),
    clickGesture(element, target),
    hoverGesture(element, target),
    keyboardGesture(element, target),
    pinchGesture(element, target)
  ];
  return () => disposers.forEach(dispose => dispose());
}
