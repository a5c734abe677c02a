import * as React from 'react';
import {
  areExclusive,
  imagesInOrder,
  isTold,
  truthsOf,
  type Verdict,
  verdictOn,
  verdictText
} from '../../classes/predicted';
import type { RunResult } from '../../engine/protocol/protocol';
import type { ModelPayload } from '../../mime/payload';
import { isOfSixteen } from '../../session/model/check-preprocess';
import { usePredictions } from '../../session/model/predictions';
import { passes } from '../../session/set/image-filter';
import { FilterNote } from '../set/filter-note';
import { SetSection } from '../set/set-section';
import { useFilter } from '../set/use-filter';
import { useTrans } from '../shared/context';
import { useRefusal } from '../shared/hooks/use-refusal';
import { useSize } from '../shared/hooks/use-size';
import { FEW_IMAGES } from '../shared/reserve-space';
import { useController, useViewProperty } from '../shared/view-context';
import { GalleryBar } from './gallery-bar';
import { GalleryOption } from './gallery-option';
import { usePredictionsNow } from './use-predictions-now';
import { entryBy, imageAfter } from './walk-images';

/** Least width and height of an image with its frame and lines, CSS pixels; gallery.css has the same. */
const CELL = { width: 104, height: 102 };
/** Rows drawn beyond what is seen. */
const SPARE = 1;

/**
 * The images of a view, to pick the one that is explained: in a row where they are few, else
 * a gallery, of which only the rows in sight exist. The arrow keys go from image to image.
 */
export function Gallery(props: {
  payload: ModelPayload;
  /** What was computed last, which tells what kind of output it is. */
  run: RunResult | null;
  isDisabled?: boolean;
}): React.ReactElement | null {
  const { payload, run, isDisabled = false } = props;
  const { images, labels } = payload;
  const controller = useController();
  const { session } = controller;
  const refusal = useRefusal();
  const onPick = React.useCallback((image: number) => session.update({ image }), [session]);
  const trans = useTrans();
  const selected = Math.min(useViewProperty('image'), images.length - 1);
  const order = useViewProperty('imageOrder');
  const predictions = usePredictions(controller, images.length);
  const now = usePredictionsNow(predictions);
  const isStored = controller.snapshot.stored !== null;
  const isStrip = images.length <= FEW_IMAGES;
  const canPredict = run !== null && isTold(run);

  const verdicts = React.useMemo<Verdict[]>(
    () => truthsOf(payload, run).map((truth, i) => verdictOn((canPredict && now?.found[i]) || null, truth, run)),
    [payload, now, run, canPredict]
  );
  const texts = React.useMemo(
    () => verdicts.map(verdict => verdictText(verdict, run, labels, trans)),
    [verdicts, run, labels, trans]
  );
  // Images would jump about while they are predicted.
  const isSettled = now !== null && now.phase !== 'waiting';
  const [filter] = useFilter();
  const shown = React.useMemo(
    () => imagesInOrder(verdicts, isSettled ? order : 'given').filter(image => passes(filter, verdicts[image])),
    [verdicts, isSettled, order, filter]
  );

  const list = React.useRef<HTMLDivElement>(null);
  const { width, height } = useSize(list);
  const columns = isStrip ? shown.length : Math.max(1, Math.floor(width / CELL.width));
  const [scrollTop, setScrollTop] = React.useState(0);
  const at = shown.indexOf(selected);

  // The focus goes with the image that is explained, once it was in the list.
  const hasFocus = React.useRef(false);
  React.useLayoutEffect(() => {
    const node = list.current;
    const option = node?.querySelector<HTMLElement>(`[data-index="${selected}"]`);
    if (!node || !option) {
      return;
    }
    if (hasFocus.current) {
      option.focus({ preventScroll: true });
    }
    // Not scrollIntoView(), which would move the page too.
    const [top, left] = [option.offsetTop, option.offsetLeft];
    node.scrollTop = Math.max(top + option.offsetHeight - node.clientHeight, Math.min(top, node.scrollTop));
    node.scrollLeft = Math.max(left + option.offsetWidth - node.clientWidth, Math.min(left, node.scrollLeft));
  }, [selected, at, columns]);

  if (images.length < 2) {
    return null;
  }
  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey || isDisabled) {
      return;
    }
    const rows = Math.max(1, Math.floor(height / CELL.height));
    // Beside the images shown, any key goes to the first of them.
    const next = at < 0 ? entryBy(event.key) : imageAfter(event.key, at, shown.length, isStrip ? 1 : columns, rows);
    if (next !== null && refusal({ image: shown[next] }) === undefined) {
      event.preventDefault();
      event.stopPropagation();
      onPick(shown[next]);
    }
  };
  const rows = Math.ceil(shown.length / columns);
  const first = Math.max(0, Math.floor(scrollTop / CELL.height) - SPARE) * columns;
  const last = (Math.ceil((scrollTop + height) / CELL.height) + SPARE) * columns;
  const cell = width / columns;
  const drawn = [...shown.keys()].filter(i => isStrip || i === at || (i >= first && i < last));
  return (
    <div className={`jp-GradLens-gallery${isStrip ? ' jp-mod-strip' : ''}`}>
      {!isStrip && (
        <GalleryBar
          predictions={predictions}
          now={now}
          verdicts={verdicts}
          canPredict={canPredict}
          canJudge={run === null || areExclusive(run)}
          isStored={isStored}
        />
      )}
      <FilterNote payload={payload} run={run} verdicts={verdicts} />
      <div
        ref={list}
        className="jp-GradLens-images"
        role="listbox"
        aria-label={trans.__('Images')}
        aria-orientation="horizontal"
        onKeyDown={onKeyDown}
        onScroll={event => setScrollTop(event.currentTarget.scrollTop)}
        onFocus={() => {
          hasFocus.current = true;
        }}
        onBlur={event => {
          hasFocus.current = event.currentTarget.contains(event.relatedTarget);
        }}
      >
        {drawn.map(i => (
          <GalleryOption
            key={shown[i]}
            image={images[shown[i]]}
            index={shown[i]}
            position={i}
            count={shown.length}
            verdict={verdicts[shown[i]]}
            text={texts[shown[i]]}
            isSelected={i === at}
            isStop={i === Math.max(at, 0)}
            isDisabled={isDisabled}
            refusal={shown[i] === selected ? undefined : refusal({ image: shown[i] })}
            isOfSixteen={isOfSixteen(payload.preprocess)}
            {...(isStrip
              ? {}
              : { left: (i % columns) * cell, top: Math.floor(i / columns) * CELL.height, width: cell })}
            onPick={onPick}
          />
        ))}
        {!isStrip && <div style={{ height: rows * CELL.height }} />}
      </div>
      {run && <SetSection payload={payload} run={run} verdicts={verdicts} />}
    </div>
  );
}
