import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { AscentFindings } from '../../engine/protocol/ascent';
import { encodeNpy } from '../../viewer/export/npy';
import { withPngText } from '../../viewer/export/png-text';
import { formatNumber } from '../../viewer/values/numbers';
import { pngOf } from '../experiment/experiment-files';
import { fileName } from '../export/file-name';
import { saveBlob, tellSaved } from '../export/save-file';
import { useTrans } from '../shared/context';
import { useModel } from '../shared/view-context';
import { type Drawn, drawnPicture, inOneRow, isBlueFirst } from './grown-picture';

/** The pictures so far, what each does to the score, and a way to take them along. */
export function GrownPictures(props: {
  /** What they make large. */
  of: string;
  found: AscentFindings;
  isRunning: boolean;
  /** A button more. */
  children: React.ReactNode;
}): React.ReactElement {
  const { of, found, isRunning, children } = props;
  const { payload } = useModel();
  const trans = useTrans();
  const { asked, done, pictures } = found;
  const blueFirst = isBlueFirst(payload.preprocess);
  const drawn = React.useMemo(
    () => asked.seeds.map((_, i) => drawnPicture(found, i, blueFirst)),
    [asked, found, blueFirst]
  );
  const recipe = recipeOf(of, payload.model.name, found, trans);
  const name = (ending: string): string =>
    fileName(`${trans.__('Looks for %1', of)}_${payload.model.name}_seed_${asked.seeds[0]}${ending}`);
  const save = async (kind: 'png' | 'npy'): Promise<void> => {
    const file = name(`.${kind}`);
    if (kind === 'npy') {
      saveBlob(file, new Blob([encodeNpy(pictures.data, pictures.shape)]));
    } else {
      const png = new Uint8Array(await (await pngOf(inOneRow(drawn))).arrayBuffer());
      saveBlob(file, new Blob([withPngText(png, 'Description', recipe)], { type: 'image/png' }));
    }
    tellSaved(file, trans);
  };
  const [, , , channels] = pictures.shape;
  return (
    <>
      <div
        role="group"
        className="jp-GradLens-grown"
        aria-label={trans.__('Patterns that make %1 large', of)}
        aria-busy={isRunning}
      >
        {drawn.map((picture, i) => (
          <figure key={asked.seeds[i]}>
            <Picture picture={picture} label={trans.__('Pattern for %1, seed %2', of, asked.seeds[i])} />
            <figcaption>
              <strong>{trans.__('seed %1', asked.seeds[i])}</strong> {scoresOf(found, i, trans)}
            </figcaption>
          </figure>
        ))}
      </div>
      <p className="jp-GradLens-note" role={isRunning ? undefined : 'status'}>
        {meaning(of, found, isRunning, trans)}
        {channels !== 1 && channels !== 3 && ` ${trans.__('Drawn is the mean of the %1 channels.', channels)}`}
      </p>
      {!isRunning && (
        <>
          <p className="jp-GradLens-note">{recipe}</p>
          <div className="jp-GradLens-buttons">
            <button type="button" className="jp-GradLens-button" onClick={() => void save('png')}>
              {trans.__('Save patterns as PNG')}
            </button>
            <button
              type="button"
              className="jp-GradLens-button"
              title={trans.__('The numbers that the model takes, (%1)', pictures.shape.join(', '))}
              onClick={() => void save('npy')}
            >
              {trans.__('Save values as .npy')}
            </button>
            {children}
          </div>
        </>
      )}
      {done < asked.steps && !isRunning && (
        <p className="jp-GradLens-note">{trans.__('Stopped after %1 of %2 steps.', done, asked.steps)}</p>
      )}
    </>
  );
}

/** The score at the start and now, or at the end. */
function scoresOf({ scores, asked, done }: AscentFindings, seed: number, trans: TranslationBundle): string {
  const of = scores.subarray(seed * (asked.steps + 1), (seed + 1) * (asked.steps + 1));
  const last = Number.isNaN(of[asked.steps]) ? of[done - 1] : of[asked.steps];
  return trans.__('%1 → %2', formatNumber(of[0]), formatNumber(last));
}

/** What the numbers are, and the same of the picture that is explained. */
function meaning(
  of: string,
  { given, isBeforeActivation, asked, done }: AscentFindings,
  isRunning: boolean,
  trans: TranslationBundle
): string {
  const what = isBeforeActivation
    ? trans.__('The numbers are the mean of %1 before its activation, at the start and now.', of)
    : trans.__('The numbers are the score of %1, at the start and now.', of);
  const beside = trans.__('On the picture of this view it is %1.', formatNumber(given));
  return isRunning ? trans.__('%1 of %2 steps.', done, asked.steps) : `${what} ${beside}`;
}

/** All that it takes to make the same pictures again. */
function recipeOf(of: string, model: string, { asked, range }: AscentFindings, trans: TranslationBundle): string {
  const { seeds, steps, rate, jitter, tv, l2, blurEvery, blurSigma } = asked;
  return trans.__(
    'To repeat: %1 of %2; seeds %3, %4 steps of %5, jitter %6, total variation %7, pull towards gray %8, blur %9.',
    of,
    model,
    seeds.join(', '),
    steps,
    rate,
    jitter,
    tv,
    l2,
    `${blurSigma}/${blurEvery}; ${formatNumber(Math.min(...range.low))}…${formatNumber(Math.max(...range.high))}`
  );
}

function Picture({ picture, label }: { picture: Drawn; label: string }): React.ReactElement {
  const canvas = React.useRef<HTMLCanvasElement>(null);
  const { width, height, rgba } = picture;
  React.useEffect(() => {
    canvas.current?.getContext('2d')?.putImageData(new ImageData(rgba, width, height), 0, 0);
  }, [rgba, width, height]);
  return <canvas ref={canvas} role="img" aria-label={label} width={width} height={height} />;
}
