import * as React from 'react';
import type { TensorData } from '../../engine/protocol/protocol';
import type { LayerInfo } from '../../graph/layer-info';
import { feedingOf } from '../../session/model/feeding';
import { formatNumber } from '../../viewer/values/numbers';
import { Busy } from '../shared/busy';
import { useTrans } from '../shared/context';
import { Choice } from '../shared/fields';
import { useJobs } from '../shared/hooks/use-jobs';
import { useThemeCount } from '../shared/hooks/use-theme-count';
import { Problem } from '../shared/problem';
import { useModel, useViewProperty } from '../shared/view-context';
import { isBlueFirst } from './grown-picture';
import {
  cornerOf,
  type KernelCell,
  kernelCellAt,
  kernelColor,
  kernelGrid,
  largest,
  moved,
  weightsAt
} from './kernel-picture';

/** The weights of a convolution that sees the picture itself, as pictures. */
export function Kernels({ layer, image }: { layer: LayerInfo; image: number }): React.ReactElement {
  const { controller } = useModel();
  const trans = useTrans();
  const feeding = feedingOf(controller);
  const jobs = useJobs<string, TensorData>(feeding);
  const found = jobs.found[layer.id];
  const start = (): void =>
    jobs.start(layer.id, async options => {
      const { requests } = await controller.requests();
      return (await requests.run(image, { kernels: layer.id }, options)).kernels;
    });
  return (
    <section className="jp-GradLens-check" aria-label={trans.__('Kernels')}>
      <div className="jp-GradLens-checkHead">
        <h4>{trans.__('The kernels of %1', layer.id)}</h4>
        {!found && (
          <button type="button" className="jp-GradLens-button" disabled={jobs.running !== null} onClick={start}>
            {trans.__('Show the kernels')}
          </button>
        )}
      </div>
      <p className="jp-GradLens-note">
        {trans.__('This layer sees the picture itself, so its weights are what its channels look for, pixel by pixel.')}
      </p>
      {jobs.running && <Busy progress={jobs.running.progress} onCancel={jobs.cancel} />}
      {jobs.problem && <Problem message={jobs.problem.message} onRetry={jobs.problem.isLasting ? undefined : start} />}
      {found && <KernelTiles layer={layer.id} kernels={found} />}
    </section>
  );
}

const STEPS: Readonly<Record<string, [across: number, down: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1]
};

function KernelTiles({ layer, kernels }: { layer: string; kernels: TensorData }): React.ReactElement {
  const { session, payload } = useModel();
  const trans = useTrans();
  const channel = useViewProperty('channel');
  const canvas = React.useRef<HTMLCanvasElement>(null);
  const [at, point] = React.useState<KernelCell | null>(null);
  const grid = React.useMemo(() => kernelGrid(kernels), [kernels]);
  const most = React.useMemo(() => largest(kernels), [kernels]);
  const isColoured = grid.inputs === 3;
  const [input, setInput] = React.useState(isColoured ? 'all' : '0');
  const shown = input === 'all' ? null : Math.min(Number(input), grid.inputs - 1);
  const blueFirst = isBlueFirst(payload.preprocess);
  const theme = useThemeCount();
  React.useEffect(
    () => draw(canvas.current, kernels, shown, blueFirst, channel, at),
    [kernels, shown, blueFirst, channel, at, theme]
  );
  const pick = (cell: KernelCell | null): void => {
    if (cell) {
      session.update({ channel: cell.kernel });
    }
  };
  const pointed = (event: React.PointerEvent | React.MouseEvent): KernelCell | null => {
    const box = event.currentTarget.getBoundingClientRect();
    const scale = grid.width / box.width;
    return kernelCellAt(grid, (event.clientX - box.left) * scale, (event.clientY - box.top) * scale);
  };
  const onKeyDown = (event: React.KeyboardEvent): void => {
    const step = STEPS[event.key];
    const now = at ?? { kernel: channel ?? 0, row: 0, column: 0 };
    if (step) {
      point(at ? moved(grid, now, ...step) : now);
    } else if (event.key === 'Enter' || event.key === ' ') {
      pick(now);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  const options = Array.from({ length: grid.inputs }, (_, c) => ({ value: String(c), label: String(c) }));
  return (
    <>
      {grid.inputs > 1 && (
        <Choice
          label={trans.__('Input channel')}
          value={input}
          options={isColoured ? [{ value: 'all', label: trans.__('all, as colours') }, ...options] : options}
          onChange={setInput}
        />
      )}
      <canvas
        ref={canvas}
        className="jp-GradLens-kernels"
        role="img"
        tabIndex={0}
        data-lm-suppress-shortcuts="true"
        width={grid.width}
        height={grid.height}
        aria-label={trans.__('%1 kernels of %2', grid.kernels, layer)}
        onPointerMove={event => point(pointed(event))}
        onPointerLeave={() => point(null)}
        onClick={event => pick(pointed(event))}
        onKeyDown={onKeyDown}
      />
      <output className="jp-GradLens-readout" aria-label={trans.__('Weight under the cursor')}>
        {at
          ? trans.__(
              'kernel %1, row %2, column %3: %4',
              at.kernel,
              at.row,
              at.column,
              weightsAt(kernels, at)
                .map(weight => formatNumber(weight))
                .join(', ')
            )
          : trans.__('Point at a kernel to read its weights; click it, or press Enter, to show its channel.')}
      </output>
      <p className="jp-GradLens-note">
        {shown === null
          ? trans.__('Gray is 0; full colour is %1, the largest weight of all kernels.', formatNumber(most))
          : trans.__(
              'Red is above 0, blue below; full colour is ±%1, the largest weight of all kernels.',
              formatNumber(most)
            )}
      </p>
    </>
  );
}

/** Draws all kernels, and frames around the channel shown and the weight pointed at. */
function draw(
  canvas: HTMLCanvasElement | null,
  kernels: TensorData,
  input: number | null,
  blueFirst: boolean,
  channel: number | null,
  at: KernelCell | null
): void {
  const context = canvas?.getContext('2d');
  if (!canvas || !context) {
    return;
  }
  const grid = kernelGrid(kernels);
  const most = largest(kernels);
  context.clearRect(0, 0, grid.width, grid.height);
  for (let kernel = 0; kernel < grid.kernels; kernel++) {
    for (let row = 0; row < grid.rows; row++) {
      for (let column = 0; column < grid.columns; column++) {
        const cell = { kernel, row, column };
        const [r, g, b] = kernelColor(weightsAt(kernels, cell), most, input, blueFirst);
        context.fillStyle = `rgb(${r}, ${g}, ${b})`;
        context.fillRect(...cornerOf(grid, cell), grid.cell, grid.cell);
      }
    }
  }
  context.strokeStyle = getComputedStyle(canvas).color;
  context.lineWidth = 2;
  if (channel !== null && channel < grid.kernels) {
    const [x, y] = cornerOf(grid, { kernel: channel, row: 0, column: 0 });
    context.strokeRect(x, y, grid.columns * grid.cell, grid.rows * grid.cell);
  }
  if (at) {
    context.strokeRect(...cornerOf(grid, at), grid.cell, grid.cell);
  }
}
