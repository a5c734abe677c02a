import * as React from 'react';
import { createPortal } from 'react-dom';
import { fetched } from '../../messages/fetched';
import { messageOf } from '../../messages/message';
import { useScrollAround } from './hooks/use-scroll-around';
import { Problem } from './problem';

/** Space between the button and the panel, and to the edge of the window, CSS pixels. */
const GAP = 4;

/**
 * A button that opens a small panel, laid over the page since outputs clip.
 * Escape or a click elsewhere closes it; the focus goes back to the button.
 */
export function Popover(props: {
  label: string;
  /** Beside the label, inside the button: a state worth seeing while it is closed. */
  mark?: React.ReactNode;
  title?: string;
  /** In place of the label and its arrow: a sign that says enough to those who see it. */
  face?: string;
  /** The panel's content; a function gets what closes the panel. */
  children?: React.ReactNode | ((close: () => void) => React.ReactNode);
  /** Fetches the content when the panel is first opened, in place of children. */
  load?: () => Promise<React.FunctionComponent>;
}): React.ReactElement {
  const { label, mark, title, face, children, load } = props;
  const button = React.useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = React.useState(false);
  const [content, setContent] = React.useState<React.ReactNode>(null);
  const isLoaded = React.useRef(false);
  const id = React.useId();
  const close = React.useCallback((refocus: boolean): void => {
    setOpen(false);
    if (refocus) {
      button.current?.focus();
    }
  }, []);
  // A panel is placed, and has its focus, by what is in it: it opens with its content, not before.
  const open = async (): Promise<void> => {
    if (load && !isLoaded.current) {
      const Content = await fetched(load()).catch((error: unknown) => messageOf(error));
      isLoaded.current = typeof Content === 'function';
      setContent(typeof Content === 'function' ? <Content /> : <Problem message={Content} />);
    }
    setOpen(true);
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        className={face === undefined ? 'jp-GradLens-button jp-GradLens-opener' : 'jp-GradLens-face'}
        aria-label={face === undefined ? undefined : label}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        title={title}
        onClick={() => (isOpen ? setOpen(false) : void open())}
      >
        {face ?? (
          <>
            {mark}
            <span>{label}</span>
            <span aria-hidden="true">▾</span>
          </>
        )}
      </button>
      {isOpen && button.current && (
        <Panel id={id} label={label} anchor={button.current} onClose={close}>
          {content ?? (typeof children === 'function' ? children(() => close(true)) : children)}
        </Panel>
      )}
    </>
  );
}

function Panel(props: {
  id: string;
  label: string;
  anchor: HTMLElement;
  onClose: (refocus: boolean) => void;
  children: React.ReactNode;
}): React.ReactElement {
  const { id, label, anchor, onClose, children } = props;
  const panel = React.useRef<HTMLDivElement>(null);
  React.useLayoutEffect(() => {
    const node = panel.current;
    if (node) {
      const box = anchor.getBoundingClientRect();
      const below = window.innerHeight - box.bottom - 2 * GAP;
      const isBelow = below >= node.scrollHeight || below >= box.top;
      node.style.left = `${Math.max(GAP, Math.min(box.left, window.innerWidth - node.offsetWidth - GAP))}px`;
      node.style.maxHeight = `${isBelow ? below : box.top - 2 * GAP}px`;
      node.style[isBelow ? 'top' : 'bottom'] = `${isBelow ? box.bottom + GAP : window.innerHeight - box.top + GAP}px`;
      const first =
        node.querySelector<HTMLElement>('input:checked') ?? node.querySelector<HTMLElement>('input, select, button');
      // A panel to read has the focus itself: arrows scroll it, and Escape closes it.
      (first ?? node).focus();
    }
  }, [anchor]);

  React.useEffect(() => {
    const isInside = (target: EventTarget | null): boolean =>
      target instanceof Node && (anchor.contains(target) || panel.current?.contains(target) === true);
    const onPointer = (event: PointerEvent): void => {
      if (!isInside(event.target)) {
        onClose(false);
      }
    };
    document.addEventListener('pointerdown', onPointer, true);
    return () => document.removeEventListener('pointerdown', onPointer, true);
  }, [anchor, onClose]);
  useScrollAround(
    anchor,
    React.useCallback(() => onClose(false), [onClose])
  );

  return createPortal(
    <div
      ref={panel}
      id={id}
      role="dialog"
      aria-label={label}
      className="jp-ThemedContainer jp-GradLens-popover"
      tabIndex={-1}
      data-gradlens-own-keys="true"
      onKeyDown={event => {
        // Portals bubble to their React parents, where keys mean something else.
        event.stopPropagation();
        if (event.key === 'Escape') {
          event.preventDefault();
          onClose(true);
        }
      }}
      onBlur={event => {
        if (
          event.relatedTarget instanceof Node &&
          !event.currentTarget.contains(event.relatedTarget) &&
          event.relatedTarget !== anchor
        ) {
          onClose(false);
        }
      }}
    >
      {children}
    </div>,
    // Inside the panel that it is opened from, which stays open with it.
    anchor.closest('.jp-GradLens-popover') ?? document.body
  );
}
