import * as React from 'react';
import type { Verdict } from '../../classes/predicted';
import type { Predictions, PredictionsNow } from '../../session/model/predictions';
import type { ImageOrder } from '../../state/view-state';
import { IMAGE_ORDERS } from '../../state/vocabulary';
import { useTrans } from '../shared/context';
import { Choice } from '../shared/fields';
import { useSession, useViewProperty } from '../shared/view-context';

/** The order of a gallery, how much of it is predicted, and how much of that is right. */
export function GalleryBar(props: {
  predictions: Predictions | null;
  now: PredictionsNow | null;
  verdicts: readonly Verdict[];
  /** False where the model says no class. */
  canPredict: boolean;
  /** False where no image is right or wrong by its prediction. */
  canJudge: boolean;
  /** True of what the notebook kept, shown without its model. */
  isStored: boolean;
}): React.ReactElement {
  const { predictions, now, verdicts, canPredict, canJudge, isStored } = props;
  const session = useSession();
  const trans = useTrans();
  const order = useViewProperty('imageOrder');
  const hasTruth = verdicts.some(({ truth }) => truth !== null);
  const judged = verdicts.filter(({ isRight }) => isRight !== null);
  const right = judged.filter(({ isRight }) => isRight).length;
  const labels: Record<ImageOrder, string> = {
    given: trans.__('as given'),
    errors: trans.__('errors first'),
    score: trans.__('score'),
    truth: trans.__('true class'),
    prediction: trans.__('prediction')
  };
  const can: Partial<Record<ImageOrder, boolean>> = { errors: hasTruth && canJudge, truth: hasTruth };
  const orders = IMAGE_ORDERS.filter(value => value === order || can[value] !== false);
  const isWaiting = now?.phase === 'waiting' && canPredict;
  return (
    <div className="jp-GradLens-galleryBar">
      <Choice<ImageOrder>
        label={trans.__('Sort images')}
        value={order}
        options={orders.map(value => ({ value, label: labels[value] }))}
        onChange={imageOrder => session.update({ imageOrder })}
      />
      <span className="jp-GradLens-note" role="status">
        {isWaiting || judged.length === 0
          ? trans._n('%1 image', '%1 images', verdicts.length)
          : trans.__('%1 of %2 right', right, judged.length)}
        {isStored && canPredict && `, ${trans.__('as last computed')}`}
      </span>
      {predictions && now && canPredict && now.phase !== 'complete' && (
        <span className="jp-GradLens-predicting">
          <progress aria-label={trans.__('Images predicted')} value={now.done} max={now.found.length} />
          <span className="jp-GradLens-note">{trans.__('%1 of %2 predicted', now.done, now.found.length)}</span>
          <button
            type="button"
            className="jp-GradLens-button"
            onClick={() => (isWaiting ? predictions.stop() : predictions.goOn())}
          >
            {isWaiting ? trans.__('Cancel') : trans.__('Go on')}
          </button>
        </span>
      )}
    </div>
  );
}
