import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { useTrans } from '../shared/context';

/** The picture of a camera, asked of the user by the browser, and a button that takes it. The camera is off when this is gone. */
export function Webcam(props: { onTake: (video: HTMLVideoElement) => void; onClose: () => void }): React.ReactElement {
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
        throw new DOMException('', 'SecurityError');
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
        setProblem(describe(reason, trans));
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
      <div className="jp-GradLens-controlRow">
        {problem === null && (
          <button
            type="button"
            className="jp-GradLens-button"
            disabled={!isReady}
            onClick={() => video.current && props.onTake(video.current)}
          >
            {trans.__('Take the picture')}
          </button>
        )}
        <button type="button" className="jp-GradLens-button" onClick={props.onClose}>
          {problem === null ? trans.__('Turn the camera off') : trans.__('Close')}
        </button>
      </div>
    </section>
  );
}

/** Explains getUserMedia's errors to a user (W3C, Media Capture and Streams). */
function describe({ name, message }: Error, trans: TranslationBundle): string {
  switch (name) {
    case 'NotAllowedError':
      return trans.__(
        'The camera cannot be used: this page has no permission. Allow it in the browser’s address bar, or give a file.'
      );
    case 'NotFoundError':
      return trans.__('The camera cannot be used: this computer has none. Give a file.');
    case 'NotReadableError':
      return trans.__('The camera cannot be used: another program has it. Close that one, or give a file.');
    case 'SecurityError':
      return trans.__(
        'The camera cannot be used: browsers allow it only to pages that come by https or from this computer. Give a file.'
      );
    default:
      return trans.__('The camera cannot be used: %1. Give a file.', message);
  }
}
