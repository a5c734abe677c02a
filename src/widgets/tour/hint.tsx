import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { RefusableButton } from '../shared/refusable';
import type { Stop } from './tour-stops';

/** Between a control and its hint, and to the edge of the window, CSS pixels. */
const GAP = 8;

/** What the tour says of one control, beside it. Escape ends the tour, arrows go on and back. */
export function Hint(props: {
  stop: Stop;
  at: number;
  count: number;
  trans: TranslationBundle;
  onGo: (by: 1 | -1) => void;
  onEnd: () => void;
}): React.ReactElement {
  const { stop, at, count, trans, onGo, onEnd } = props;
  const panel = React.useRef<HTMLDivElement>(null);
  const frame = React.useRef<HTMLDivElement>(null);
  const next = React.useRef<HTMLButtonElement>(null);
  const id = React.useId();
  const isLast = at + 1 === count;

  React.useLayoutEffect(() => {
    const target = document.querySelector(stop.target);
    target?.scrollIntoView({ block: 'center' });
    const lay = (): void => {
      if (target && panel.current && frame.current) {
        layBeside(target.getBoundingClientRect(), panel.current, frame.current);
      }
    };
    lay();
    next.current?.focus();
    // What scrolls, or is laid out anew, takes the hint along.
    window.addEventListener('scroll', lay, true);
    window.addEventListener('resize', lay);
    const observer = new ResizeObserver(lay);
    if (target) {
      observer.observe(target);
    }
    return () => {
      observer.disconnect();
      window.removeEventListener('scroll', lay, true);
      window.removeEventListener('resize', lay);
    };
  }, [stop]);

  return (
    <div className="jp-ThemedContainer">
      <div ref={frame} className="jp-GradLens-tourFrame" aria-hidden="true" />
      <div
        ref={panel}
        role="dialog"
        aria-label={trans.__('Tour: %1', stop.title)}
        aria-describedby={id}
        className="jp-GradLens-popover jp-GradLens-hintPanel"
        data-lm-suppress-shortcuts="true"
        onKeyDown={event => {
          const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key] as 1 | -1 | undefined;
          if (event.key === 'Escape') {
            event.preventDefault();
            event.stopPropagation();
            onEnd();
          } else if (by && (by > 0 || at > 0)) {
            event.preventDefault();
            event.stopPropagation();
            onGo(by);
          }
        }}
      >
        <strong>{stop.title}</strong>
        <span id={id}>{stop.text}</span>
        <span className="jp-GradLens-hintLine">
          <span>{trans.__('%1 of %2', at + 1, count)}</span>
          {!isLast && (
            <button type="button" className="jp-GradLens-button" onClick={onEnd}>
              {trans.__('End the tour')}
            </button>
          )}
          <RefusableButton
            className="jp-GradLens-button"
            refusal={at > 0 ? undefined : trans.__('This is where the tour begins.')}
            onClick={() => onGo(-1)}
          >
            {trans.__('Back')}
          </RefusableButton>
          <button ref={next} type="button" className="jp-GradLens-button" onClick={() => onGo(1)}>
            {isLast ? trans.__('Done') : trans.__('Next')}
          </button>
        </span>
      </div>
    </div>
  );
}

/** Below the target where there is room, else above, else over it; always in the window. */
function layBeside(box: DOMRect, panel: HTMLElement, frame: HTMLElement): void {
  const { offsetWidth: width, offsetHeight: height } = panel;
  const below = box.bottom + GAP;
  const above = box.top - GAP - height;
  const isBelow = below + height <= window.innerHeight - GAP;
  const top = isBelow ? below : Math.max(GAP, above);
  panel.style.left = `${Math.max(GAP, Math.min(box.left, window.innerWidth - width - GAP))}px`;
  panel.style.top = `${Math.min(top, window.innerHeight - height - GAP)}px`;
  Object.assign(frame.style, {
    left: `${box.left - 3}px`,
    top: `${box.top - 3}px`,
    width: `${box.width}px`,
    height: `${box.height}px`
  });
}
