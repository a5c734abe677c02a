import * as React from 'react';
import type { PixelSet } from '../../state/view-state';
import type { DragTool } from '../../viewer/gestures';
import { useTrans } from '../shared/context';
import { Choice } from '../shared/fields';
import { useViewProperty } from '../shared/view-context';
import type { Painting } from './use-brush';

type Kind = 'all' | 'predicted' | 'rectangle' | 'mask';

const kindOf = (pixels: PixelSet | undefined): Kind =>
  pixels === undefined || pixels === 'all'
    ? 'all'
    : pixels === 'predicted'
      ? 'predicted'
      : 'runs' in pixels
        ? 'mask'
        : 'rectangle';

/** Chooses the pixels over which a class is explained: all, where it is predicted, a rectangle, or painted ones. */
export function PixelChoice(props: {
  pixels: PixelSet | undefined;
  tool: DragTool;
  painting: Painting;
  /** Of the class that is explained, as a sentence has it. */
  name: string;
  /** The largest brush, in pixels of the output. */
  largest: number;
  onTool: (tool: DragTool) => void;
  onPixels: (pixels: PixelSet) => void;
  onRectangle: () => void;
}): React.ReactElement {
  const { pixels, tool, painting, name, largest, onTool, onPixels, onRectangle } = props;
  const trans = useTrans();
  const region = useViewProperty('region');
  const kind: Kind = tool === 'brush' ? 'mask' : tool === 'rectangle' ? 'rectangle' : kindOf(pixels);
  const choose = (next: Kind): void => {
    onTool(next === 'rectangle' ? 'rectangle' : next === 'mask' ? 'brush' : 'move');
    if (next === 'all' || next === 'predicted') {
      onPixels(next);
    } else if (next === 'rectangle') {
      onRectangle();
    }
  };
  const isWaiting = tool === 'rectangle' && region?.kind !== 'rectangle';
  return (
    <div role="group" className="jp-GradLens-pixels" aria-label={trans.__('Explained pixels')}>
      <Choice<Kind>
        label={trans.__('Explain')}
        value={kind}
        options={[
          { value: 'all', label: trans.__('%1 everywhere', name) },
          { value: 'predicted', label: trans.__('%1 where it is predicted', name) },
          { value: 'rectangle', label: trans.__('%1 in a rectangle', name) },
          { value: 'mask', label: trans.__('%1 where you paint', name) }
        ]}
        onChange={choose}
      />
      {kind === 'mask' && <PaintTools painting={painting} largest={largest} tool={tool} onTool={onTool} />}
      {kind === 'rectangle' && tool !== 'rectangle' && (
        <button type="button" className="jp-GradLens-button" onClick={() => onTool('rectangle')}>
          {trans.__('Draw another')}
        </button>
      )}
      {tool !== 'move' && (
        <p className="jp-GradLens-note">
          {tool === 'brush'
            ? trans.__('Drag over the segmentation to paint, or walk with arrow keys and press Enter.')
            : isWaiting
              ? trans.__('Drag over the segmentation, or set two corners with arrow keys and Enter.')
              : trans.__(
                  'Drag over the segmentation for another rectangle, or set two corners with arrow keys and Enter.'
                )}
        </p>
      )}
    </div>
  );
}

function PaintTools(props: {
  painting: Painting;
  largest: number;
  tool: DragTool;
  onTool: (tool: DragTool) => void;
}): React.ReactElement {
  const { painting, largest, tool, onTool } = props;
  const { size, setSize, isErasing, setErasing, isEmpty, clear } = painting;
  const trans = useTrans();
  const brush = (label: string, erases: boolean): React.ReactElement => (
    <button
      type="button"
      className="jp-GradLens-button"
      aria-pressed={tool === 'brush' && isErasing === erases}
      onClick={() => {
        setErasing(erases);
        onTool('brush');
      }}
    >
      {label}
    </button>
  );
  return (
    <>
      <span role="group" aria-label={trans.__('Paint')} className="jp-GradLens-tools">
        {brush(trans.__('Brush'), false)}
        {brush(trans.__('Eraser'), true)}
        <button type="button" className="jp-GradLens-button" disabled={isEmpty} onClick={clear}>
          {trans.__('Clear')}
        </button>
      </span>
      <label className="jp-GradLens-field">
        <span>{trans.__('Size')}</span>
        <input
          type="range"
          min={1}
          max={Math.max(largest, 2)}
          step={1}
          value={size}
          aria-valuetext={trans._n('%1 pixel of the output', '%1 pixels of the output', size, size)}
          onChange={event => setSize(Number(event.target.value))}
        />
      </label>
    </>
  );
}
