import * as React from 'react';
import { createPortal } from 'react-dom';
import type { LayerInfo } from '../../graph/layer-info';
import { formatShape, searchLayers } from '../../layers/layer-search';
import { translated } from '../../messages/message';
import { useServices, useTrans } from '../shared/context';
import { useScrollAround } from '../shared/hooks/use-scroll-around';
import { MiddleCut } from '../shared/middle-cut';

/**
 * A searchable list of layers: a combobox with a listbox, as the WAI-ARIA
 * practices describe it. The list is laid over the page, since outputs clip.
 */
export function LayerPicker(props: {
  layers: readonly LayerInfo[];
  selected: LayerInfo | null;
  isDisabled?: boolean;
  onPick: (layer: LayerInfo) => void;
}): React.ReactElement {
  const { layers, selected, isDisabled = false, onPick } = props;
  const trans = useTrans();
  const listId = React.useId();
  const input = React.useRef<HTMLInputElement>(null);
  const [query, setQuery] = React.useState<string | null>(null);
  const [active, setActive] = React.useState(0);
  const isOpen = query !== null;
  const found = React.useMemo(() => (query === null ? [] : searchLayers(layers, query)), [layers, query]);

  const open = (text: string): void => {
    setQuery(text);
    setActive(text === '' ? Math.max(0, layers.indexOf(selected as LayerInfo)) : 0);
  };
  const close = React.useCallback((): void => setQuery(null), []);
  const pick = (layer: LayerInfo | undefined): void => {
    if (layer) {
      onPick(layer);
      close();
    }
  };

  const onKeyDown = (event: React.KeyboardEvent): void => {
    const moves: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 };
    if (event.key in moves) {
      if (isOpen) {
        setActive(at => Math.min(found.length - 1, Math.max(0, at + moves[event.key])));
      } else {
        open('');
      }
    } else if (event.key === 'Enter' && isOpen) {
      pick(found[active]);
    } else if (event.key === 'Escape' && isOpen) {
      close();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <label className="jp-GradLens-field jp-GradLens-layer">
      <span>{trans.__('Layer')}</span>
      <span className="jp-GradLens-layerField">
        <input
          ref={input}
          type="text"
          role="combobox"
          className="jp-GradLens-input"
          aria-label={trans.__('Layer')}
          aria-expanded={isOpen}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={isOpen && found.length > 0 ? `${listId}-${active}` : undefined}
          spellCheck={false}
          disabled={isDisabled}
          data-gradlens-own-keys="true"
          title={selected ? `${selected.id} · ${selected.op} · ${formatShape(selected.outputShape)}` : undefined}
          placeholder={trans.__('Search layers by name, type or shape')}
          value={query ?? selected?.id ?? ''}
          onChange={event => open(event.target.value)}
          onClick={() => isOpen || open('')}
          onBlur={close}
          onKeyDown={onKeyDown}
        />
        {/* A field cuts its text at the end. */}
        {!isOpen && selected && (
          <span className="jp-GradLens-layerShown" aria-hidden="true">
            <MiddleCut text={selected.id} tail={LAYER_TAIL} />
          </span>
        )}
      </span>
      {isOpen && input.current && (
        <LayerList id={listId} layers={found} active={active} anchor={input.current} onPick={pick} onClose={close} />
      )}
    </label>
  );
}

/** Characters at a layer's end that stay where its name is cut. */
const LAYER_TAIL = 12;

/** The list is at most so high, in CSS pixels. */
const LIST_HEIGHT = 312;

function LayerList(props: {
  id: string;
  layers: readonly LayerInfo[];
  active: number;
  anchor: HTMLElement;
  onPick: (layer: LayerInfo) => void;
  onClose: () => void;
}): React.ReactElement {
  const { id, layers, active, anchor, onPick, onClose } = props;
  // The list goes with its field, whose text it would be a pity to lose.
  const [, follow] = React.useReducer((count: number) => count + 1, 0);
  useScrollAround(
    anchor,
    React.useCallback(isInSight => (isInSight ? follow() : onClose()), [onClose])
  );
  const { trans } = useServices();
  const list = React.useRef<HTMLUListElement>(null);
  React.useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [active, layers]);

  const box = anchor.getBoundingClientRect();
  const below = window.innerHeight - box.bottom;
  const isBelow = below >= LIST_HEIGHT || below >= box.top;
  return createPortal(
    <ul
      ref={list}
      id={id}
      role="listbox"
      aria-label={trans.__('Layers')}
      className="jp-ThemedContainer jp-GradLens-layerList"
      style={{
        left: box.left,
        minWidth: Math.max(box.width, 340),
        maxHeight: Math.min(LIST_HEIGHT, (isBelow ? below : box.top) - 8),
        ...(isBelow ? { top: box.bottom + 2 } : { bottom: window.innerHeight - box.top + 2 })
      }}
      // The input keeps the focus, so that a click on a row is not lost with the list.
      onMouseDown={event => event.preventDefault()}
    >
      {layers.length === 0 && <li className="jp-GradLens-empty">{trans.__('No layer matches')}</li>}
      {layers.map((layer, i) => (
        <li
          key={layer.id}
          id={`${id}-${i}`}
          role="option"
          aria-label={[layer.id, layer.op, formatShape(layer.outputShape)].join(' ')}
          aria-selected={i === active}
          aria-disabled={layer.unsupported !== null}
          title={layer.unsupported === null ? layer.id : translated(layer.unsupported, trans)}
          onClick={() => onPick(layer)}
        >
          <span className="jp-GradLens-layerName">
            <MiddleCut text={layer.id} tail={LAYER_TAIL} />
          </span>
          <span className="jp-GradLens-layerType">{layer.op}</span>
          <span className="jp-GradLens-layerShape">{formatShape(layer.outputShape)}</span>
        </li>
      ))}
    </ul>,
    document.body
  );
}
