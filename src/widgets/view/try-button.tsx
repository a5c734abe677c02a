import * as React from 'react';
import { useTrans } from '../shared/context';
import { RefusableButton } from '../shared/refusable';

/** Opens the panel in which parts of the picture are covered, or says why it does not. */
export function TryButton(props: {
  isPressed: boolean;
  onClick: () => void;
  /** The model is not here. */
  isWithoutModel: boolean;
  /** What is shown is a picture. */
  isPicture: boolean;
}): React.ReactElement {
  const { isPressed, onClick, isWithoutModel, isPicture } = props;
  const trans = useTrans();
  const label = trans.__('Cover or change the picture');
  const refusal = isWithoutModel
    ? trans.__('It needs the model.')
    : isPicture
      ? undefined
      : trans.__('Only a picture can be covered or changed: no volume, signal or vector.');
  return (
    <RefusableButton
      className="jp-GradLens-button jp-GradLens-icon"
      aria-pressed={isPressed}
      aria-label={label}
      title={label}
      refusal={refusal}
      onClick={onClick}
    >
      <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true" stroke="currentColor" strokeWidth="1.5">
        <rect x={1.5} y={3} width={13} height={10} fill="none" />
        <rect x={4} y={5.5} width={5.5} height={5} fill="currentColor" stroke="none" />
      </svg>
    </RefusableButton>
  );
}
