import './layer-look.css';
import './structure.css';
import './diagram.css';
import * as React from 'react';
import type { LayerInfo } from '../../../graph/layer-info';
import { formatShape } from '../../../layers/layer-search';
import type { LayerNode } from '../../../layers/layer-tree';
import { formatCount } from '../../../layers/model-totals';
import { translated } from '../../../messages/message';
import { type Thumbnails, useThumbnail, useThumbnails } from '../../../session/model/layer-thumbnails';
import type { ModelController } from '../../../session/model/model-controller';
import { useTrans } from '../../shared/context';
import { useSize } from '../../shared/hooks/use-size';
import { useSnapshot } from '../../shared/hooks/use-view';
import { MiddleCut } from '../../shared/middle-cut';
import { OpIcon } from '../../shared/op-icon';
import { BOX, boxAt, diagramSize, edgesBetween, rowsBetween } from './diagram-geometry';
import { Facts } from './facts';
import { Thumb } from './layer-thumbnail';
import { StructureHead } from './structure-head';
import { useGraph } from './use-graph';
import { useScale } from './use-scale';

/** Rows that exist beyond what is seen, so that scrolling and keys find them. */
const SPARE = 3;
/** Layers of a nested model share the beginning of their names. */
const BOX_TAIL = 14;

/** The structure of a model, large: a box a layer or closed block with its thumbnails, and shapes on the lines between them. */
export function StructureDiagram({ controller }: { controller: ModelController }): React.ReactElement {
  const { session } = controller;
  const trans = useTrans();
  const snapshot = useSnapshot(controller);
  const model = snapshot?.model ?? null;
  const graph = useGraph(model);
  const { layout } = graph;
  const scroller = React.useRef<HTMLDivElement>(null);
  const { height } = useSize(scroller);
  const { scale, sight, onScroll, zoom, canZoom } = useScale(scroller, height);
  const size = diagramSize(layout);
  const inSight = rowsBetween(layout, sight.top, sight.bottom);
  const first = Math.max(0, inSight.first - SPARE);
  const last = Math.min(layout.rows.length - 1, inSight.last + SPARE);
  const selected = snapshot?.layer?.id ?? null;
  const selectedRow = selected === null ? -1 : (layout.rowOf.get(selected) ?? -1);

  const thumbnails = useThumbnails(controller);
  const shown = React.useMemo(
    () => layout.rows.slice(inSight.first, inSight.last + 1).map(({ node }) => shownLayer(node)),
    [layout, inSight.first, inSight.last]
  );
  React.useEffect(() => thumbnails.want(shown), [thumbnails, shown]);

  // Follows the view, not the scale: what is looked at stays in sight. Before there is a picture a model is seen from its beginning.
  const scaleNow = React.useRef(scale);
  scaleNow.current = scale;
  const followed = React.useRef(snapshot?.explained ? null : selected);
  React.useEffect(() => {
    const element = scroller.current;
    if (element && selectedRow >= 0 && followed.current !== selected) {
      followed.current = selected;
      const top = boxAt(layout, selectedRow).y * scaleNow.current;
      const bottom = top + BOX.height * scaleNow.current;
      if (top < element.scrollTop || bottom > element.scrollTop + element.clientHeight) {
        element.scrollTop = (top + bottom - element.clientHeight) / 2;
      }
    }
  }, [layout, selected, selectedRow]);

  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === '+' || event.key === '-') {
      zoom(event.key === '+' ? 1 : -1);
    } else if (step !== undefined && event.target instanceof HTMLElement && event.target.dataset.row !== undefined) {
      const next = scroller.current?.querySelector<HTMLElement>(
        `[data-row="${Number(event.target.dataset.row) + step}"]`
      );
      next?.focus({ preventScroll: true });
      next?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <section
      role="group"
      className="jp-GradLens-diagram"
      aria-label={trans.__('Structure of %1', model?.name ?? '')}
      data-lm-suppress-shortcuts="true"
      onKeyDown={onKeyDown}
    >
      <StructureHead graph={graph} zoom={zoom} canZoom={canZoom} />
      <div ref={scroller} className="jp-GradLens-diagramScroll" onScroll={onScroll} tabIndex={-1}>
        <div
          className="jp-GradLens-diagramArea"
          style={{ width: size.width * scale, height: size.height * scale, minWidth: size.width * scale }}
        >
          <div style={{ transform: `scale(${scale})`, width: size.width, height: size.height }}>
            <svg width={size.width} height={size.height} aria-hidden="true">
              {edgesBetween(layout, first, last).map(({ from, to, path }) => (
                <path key={`${from}-${to}`} d={path} />
              ))}
            </svg>
            {layout.rows.slice(first, last + 1).map(({ node }, i) => (
              <Box
                key={node.key}
                node={node}
                row={first + i}
                place={boxAt(layout, first + i)}
                thumbnails={thumbnails}
                isSelected={first + i === selectedRow}
                onClick={() =>
                  node.kind === 'block'
                    ? graph.open(node.key)
                    : node.layer.unsupported === null && session.explain({ layer: node.layer.id })
                }
              />
            ))}
          </div>
        </div>
      </div>
    </section>
  );
}

/** The layer whose pictures a box has: of a block, its last one. */
const shownLayer = (node: LayerNode): LayerInfo =>
  node.kind === 'layer' ? node.layer : node.layers[node.layers.length - 1];

function Box(props: {
  node: LayerNode;
  row: number;
  place: { x: number; y: number };
  thumbnails: Thumbnails;
  isSelected: boolean;
  onClick: () => void;
}): React.ReactElement {
  const { node, row, place, thumbnails, isSelected, onClick } = props;
  const trans = useTrans();
  const isBlock = node.kind === 'block';
  const thumbnail = useThumbnail(thumbnails, shownLayer(node).id);
  const shape = formatShape(isBlock ? node.outputShape : node.layer.outputShape);
  const count = isBlock ? node.parameters : node.layer.parameters;
  const problem = isBlock || node.layer.unsupported === null ? null : translated(node.layer.unsupported, trans);
  const facts = [
    isBlock ? trans._n('%1 layer', '%1 layers', node.layers.length) : node.layer.op,
    ...(count > 0 ? [trans.__('%1 par.', formatCount(count))] : [])
  ];
  const name = isBlock ? node.label : node.layer.id;
  return (
    <>
      <button
        type="button"
        data-row={row}
        className={`jp-GradLens-diagramBox${isBlock ? ' jp-mod-block' : ''}`}
        style={{ left: place.x, top: place.y, width: BOX.width, height: BOX.height }}
        aria-pressed={isBlock ? undefined : isSelected}
        aria-expanded={isBlock ? false : undefined}
        aria-disabled={problem !== null || undefined}
        aria-label={`${name} ${[...facts, shape].join(' · ')}`}
        title={problem ?? (isBlock ? trans.__('%1: click to open', name) : name)}
        onClick={onClick}
      >
        <OpIcon family={isBlock ? 'block' : node.layer.family} />
        <span className="jp-GradLens-rowText">
          <span className="jp-GradLens-rowName">
            <MiddleCut text={name} tail={BOX_TAIL} />
          </span>
          <Facts facts={facts} />
        </span>
        {thumbnail?.map && <Thumb picture={thumbnail.map} title={trans.__('Explanation at this layer')} />}
        {thumbnail?.overview && (
          <Thumb
            picture={{ ...thumbnail.overview, data: thumbnail.overview.mean }}
            title={trans.__('Mean over the channels')}
          />
        )}
      </button>
      <span
        className="jp-GradLens-diagramShape"
        aria-hidden="true"
        style={{ left: place.x, top: place.y + BOX.height, width: BOX.width }}
      >
        <span>{shape}</span>
      </span>
    </>
  );
}
