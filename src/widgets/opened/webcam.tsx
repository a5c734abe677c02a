import * as React from 'react';
import { useTrans } from '../context';

/** The picture of a camera, asked of the user by the browser, and a button that takes it. The camera is off when this is gone. */
export function Webcam(props: {
  onTake: (video: HTMLVideoElement) => void;
  onClose: () => void;
}): React.ReactElement {
  const trans = useTrans();
  const video = React.useRef<HTMLVideoElement>(null);
  const [problem, setProblem] = React.useState<string | null>(null);
  const [isReady, setIsReady] = React.useState(false);
  React.useEffect(() => {
    let stream: MediaStream | null = null;
    let isCurrent = true;
    const stop = (): void => stream?.getTracks().forEach(track => track.stop());
    const start = async (): Promise<void> => {
      if (!navigator.mediaDevices) {
        throw new Error(trans.__('the page must come by https or from this computer'));
      }
      stream = await navigator.mediaDevices.getUserMedia({ video: true });
      if (!isCurrent || !video.current) {
        stop();
        return;
      }
      video.current.srcObject = stream;
      await video.current.play();
      setIsReady(true);
    };
    start().catch((reason: Error) => {
      if (isCurrent) {
        setProblem(trans.__('The camera cannot be used: %1. Allow it in the browser’s address bar, or give a file.', reason.message));
      }
    });
    return () => {
      isCurrent = false;
      stop();
    };
  }, [trans]);
  return (
    <section className="jp-GradLens-webcam" aria-label={trans.__('Camera')}>
      {problem === null ? <video ref={video} muted playsInline /> : <p role="alert">{problem}</p>}
      <div className="jp-GradLens-row2">
        <button
          type="button"
          className="jp-GradLens-button"
          disabled={!isReady}
          onClick={() => video.current && props.onTake(video.current)}
        >
          {trans.__('Take the picture')}
        </button>
        <button type="button" className="jp-GradLens-button" onClick={props.onClose}>
          {trans.__('Turn the camera off')}
        </button>
      </div>
    </section>
  );
}
