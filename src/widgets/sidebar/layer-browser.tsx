import * as React from 'react';
import type { LayerInfo } from '../../graph/layer-info';
import { searchLayers } from '../../layers/layer-search';
import { type LayerNode, layerTree } from '../../layers/layer-tree';
import { formatCount, modelTotals } from '../../layers/model-totals';
import { blocksOf, pathTo, TREE_KEYS } from '../../layers/tree-rows';
import { message, translated } from '../../messages/message';
import { useThumbnails } from '../../session/model/layer-thumbnails';
import type { ModelController } from '../../session/model/model-controller';
import { pickLayer } from '../../session/model/sources/pick-layer';
import { formatBytes } from '../../session/progress/progress-text';
import { tellProblem } from '../../session/tell-problem';
import { actionOf } from '../../viewer/gestures/keys';
import { useServices, useTrans } from '../shared/context';
import { useCurrentView, useSnapshot } from '../shared/hooks/use-view';
import { openComparison } from './compare';
import { DepthScrubber } from './depth-scrubber';
import { Empty } from './empty';
import { LayerTree } from './layer-tree-view';
import type { BrowserMemory } from './memory';

/** The layers of the model of the view in use, to search and to click. */
export function LayerBrowser(props: { memory: BrowserMemory }): React.ReactElement {
  const trans = useTrans();
  const view = useCurrentView();
  const controller = view?.controller ?? null;
  const snapshot = useSnapshot(controller);
  if (!view) {
    return <Empty />;
  }
  if (!controller || !snapshot) {
    return <p className="jp-GradLens-quiet">{trans.__('This view shows the values of an array: it has no layers.')}</p>;
  }
  if (!snapshot.model) {
    return (
      <p className="jp-GradLens-quiet" role="status">
        {translated(snapshot.problem ?? message('The layers appear when the model has been read.'), trans)}
      </p>
    );
  }
  return <Browser key={snapshot.model.model} controller={controller} memory={props.memory} />;
}

/** Small models are shown whole. */
const SMALL = 40;

function Browser(props: { controller: ModelController; memory: BrowserMemory }): React.ReactElement {
  const { controller, memory } = props;
  const trans = useTrans();
  const snapshot = useSnapshot(controller);
  const model = snapshot?.model ?? null;
  const search = React.useRef<HTMLInputElement>(null);
  const layers = React.useMemo(() => model?.layers ?? [], [model]);
  const tree = React.useMemo(() => layerTree(layers), [layers]);
  const key = model?.model ?? '';
  const before = memory.get(key);
  const [query, setQuery] = React.useState(before?.query ?? '');
  const [expanded, setExpanded] = React.useState<ReadonlySet<string>>(
    () => before?.expanded ?? new Set(layers.length <= SMALL ? blocksOf(tree) : [])
  );
  React.useEffect(() => {
    memory.set(key, { query, expanded, scrollTop: 0 });
  }, [memory, key, query, expanded]);

  const selected = snapshot?.layer?.id ?? null;
  React.useEffect(() => {
    if (selected !== null) {
      setExpanded(open => {
        const path = pathTo(tree, selected).filter(block => !open.has(block));
        return path.length > 0 ? new Set([...open, ...path]) : open;
      });
    }
  }, [selected, tree]);

  const nodes = React.useMemo<LayerNode[]>(
    () =>
      query.trim() === ''
        ? tree
        : searchLayers(layers, query).map(layer => ({ kind: 'layer', key: layer.id, label: layer.id, layer })),
    [tree, layers, query]
  );
  const pick = React.useCallback((layer: LayerInfo) => pickLayer(controller, layer.id), [controller]);

  const services = useServices();
  const view = useCurrentView();
  const compare = (layer: LayerInfo): void => {
    if (view) {
      openComparison(view, layer, services).catch((error: unknown) => tellProblem(error, services.trans));
    }
  };
  const thumbnails = useThumbnails(controller);
  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (actionOf(TREE_KEYS, event.key) === 'search' && event.target !== search.current) {
      search.current?.focus();
      search.current?.select();
      event.preventDefault();
      event.stopPropagation();
    }
  };
  const totals = model && modelTotals(model);
  return (
    <div className="jp-GradLens-browser" onKeyDown={onKeyDown} data-lm-suppress-shortcuts="true">
      <div className="jp-GradLens-search">
        <input
          ref={search}
          type="search"
          className="jp-GradLens-input"
          aria-label={trans.__('Search layers')}
          aria-keyshortcuts="/"
          placeholder={trans.__('Search layers ( / )')}
          title={trans.__('By name, type or shape: conv 7x7, relu, 1664')}
          spellCheck={false}
          value={query}
          onChange={event => setQuery(event.target.value)}
          onKeyDown={event => {
            if (event.key === 'Escape' && query !== '') {
              setQuery('');
            } else if (event.key === 'ArrowDown') {
              event.currentTarget.closest('.jp-GradLens-browser')?.querySelector<HTMLElement>('[role="tree"]')?.focus();
              event.preventDefault();
            } else {
              return;
            }
            event.stopPropagation();
          }}
        />
        <span className="jp-GradLens-quiet" role="status">
          {query.trim() === ''
            ? trans._n('%2 layer', '%2 layers', layers.length, layers.length.toLocaleString())
            : trans.__('%1 of %2', nodes.length.toLocaleString(), layers.length.toLocaleString())}
        </span>
      </div>
      {model && <DepthScrubber model={model} selected={selected} onPick={pick} />}
      <LayerTree
        thumbnails={thumbnails}
        nodes={nodes}
        isSearch={query.trim() !== ''}
        expanded={expanded}
        selected={selected}
        onExpand={setExpanded}
        onPick={pick}
        onCompare={compare}
        label={trans.__('Layers of %1', model?.name ?? '')}
      />
      {totals && (
        <p className="jp-GradLens-totals">
          {trans.__('%1 parameters', formatCount(totals.parameters))}
          {totals.nonTrainable > 0 && ` (${trans.__('%1 not trainable', formatCount(totals.nonTrainable))})`}
          {' · '}
          <span
            title={trans.__(
              'Weights as 32-bit floats; and the values of all layers for one image, which an explanation keeps at the most'
            )}
          >
            {trans.__(
              'weights %1, values up to %2',
              formatBytes(totals.weightBytes),
              formatBytes(totals.activationBytes)
            )}
          </span>
        </p>
      )}
    </div>
  );
}
