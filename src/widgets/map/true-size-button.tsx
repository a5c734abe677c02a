import * as React from 'react';
import { clampViewport, imageSize } from '../../viewer/layout/viewport';
import { useTrans } from '../shared/context';
import { useSession } from '../shared/view-context';

/** Shows the picture at its true size: one of its pixels on one of the screen's. */
export function TrueSizeButton(props: {
  /** Around the canvases. */
  panes: React.RefObject<HTMLElement | null>;
  picture: { width: number };
  aspect: number;
}): React.ReactElement {
  const { panes, picture, aspect } = props;
  const session = useSession();
  const trans = useTrans();
  const label = trans.__('True size: a pixel of the picture on one of the screen');
  const show = (): void => {
    const canvas = panes.current?.querySelector('canvas');
    if (canvas) {
      const fit = imageSize({ width: canvas.clientWidth, height: canvas.clientHeight, aspect }).width;
      const zoom = picture.width / window.devicePixelRatio / fit;
      session.update({ viewport: clampViewport({ ...session.state.viewport, zoom }) });
    }
  };
  return (
    <button
      type="button"
      className="jp-GradLens-button jp-GradLens-icon"
      aria-label={label}
      title={label}
      onClick={show}
    >
      1:1
    </button>
  );
}
