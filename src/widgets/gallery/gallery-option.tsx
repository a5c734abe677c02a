import * as React from 'react';
import type { Verdict, VerdictText } from '../../classes/predicted';
import { translated } from '../../messages/message';
import type { PayloadImage } from '../../mime/payload';
import { useTrans } from '../shared/context';
import { Thumbnail } from './thumbnail';

/** An image of the gallery: what it shows, what the model takes it for, and what it is. */
export const GalleryOption = React.memo(function GalleryOption(props: {
  image: PayloadImage;
  /** Index in the payload. */
  index: number;
  /** Place in the order shown, and number of all. */
  position: number;
  count: number;
  verdict: Verdict;
  text: VerdictText | null;
  isSelected: boolean;
  /** The tab goes here. */
  isStop: boolean;
  isDisabled: boolean;
  /** Why it cannot be shown. */
  refusal?: string;
  /** Its values of 0..16 are seen as black to white. */
  isOfSixteen: boolean;
  /** Where it lies in a gallery of which only a part is drawn. */
  left?: number;
  top?: number;
  width?: number;
  onPick: (index: number) => void;
}): React.ReactElement {
  const { image, index, position, count, verdict, text, isSelected, isStop, refusal, onPick } = props;
  const isDisabled = props.isDisabled || refusal !== undefined;
  const { left, top, width } = props;
  const trans = useTrans();
  const { isRight, problem } = verdict;
  const whole = problem ? trans.__('no prediction: %1', translated(problem, trans)) : (text?.whole ?? '');
  const name = whole ? `${image.name}: ${whole}` : image.name;
  const className = isRight === null ? '' : isRight ? ' jp-mod-right' : ' jp-mod-wrong';
  return (
    <div
      role="option"
      className={`jp-GradLens-image${className}`}
      style={{ left, top, width }}
      tabIndex={isStop && !isDisabled ? 0 : -1}
      data-index={index}
      data-gradlens-own-keys=""
      aria-label={name}
      aria-selected={isSelected}
      aria-disabled={isDisabled}
      aria-posinset={position + 1}
      aria-setsize={count}
      title={refusal ?? name}
      onClick={isDisabled ? undefined : () => onPick(index)}
    >
      <Thumbnail image={image} isOfSixteen={props.isOfSixteen} />
      <span className="jp-GradLens-prediction">
        {isRight !== null && <i aria-hidden="true">{isRight ? '✓' : '✗'}</i>}
        <span>{problem ? '–' : text?.prediction || '\u00a0'}</span>
      </span>
      <span className="jp-GradLens-imageName">
        <bdi>{text?.truth || image.name}</bdi>
      </span>
    </div>
  );
});
