import './sums.css';
import * as React from 'react';
import type { CellOf, CellSum } from '../../engine/protocol/sums';
import { translated } from '../../messages/message';
import { formatNumber } from '../../viewer/values/numbers';
import { QuestionSection } from '../experiment/question-section';
import { exportName } from '../export/file-name';
import { namesOf } from '../export/provenance';
import { saveBlob, saveText, tellSaved } from '../export/save-file';
import { useTrans } from '../shared/context';
import { Choice } from '../shared/fields';
import { Problem } from '../shared/problem';
import { useModel } from '../shared/view-context';
import { ProductList } from './product-list';
import { orderOf, running, type SumOrder } from './products';
import { pngOfFigure, svgOfFigure } from './save-figure';
import { chainOf, textOf } from './sentence';
import { Steps } from './steps';
import { SumFigure } from './sum-figure';
import { useSum } from './use-sum';

/** How one value was computed, number by number; from it one goes on to those that it was made of, and back. */
export function SumPanel(props: { image: number; start: CellOf; onClose: () => void }): React.ReactElement {
  const { image, start, onClose } = props;
  const trans = useTrans();
  const from = JSON.stringify(start);
  const [trail, setTrail] = React.useState<{ from: string; cells: CellOf[] }>({ from, cells: [start] });
  const cells = trail.from === from ? trail.cells : [start];
  const cell = cells[cells.length - 1];
  const go = (to: CellOf[]): void => setTrail({ from, cells: to });
  const { sum, isWaiting, problem, again } = useSum(image, cell);
  return (
    <QuestionSection
      label={trans.__('How this value is computed')}
      title={trans.__('How this value is computed')}
      className="jp-GradLens-sums"
      isBusy={isWaiting}
      onClose={onClose}
    >
      <nav className="jp-GradLens-sumTrail" aria-label={trans.__('From value to value')}>
        {cells.map((one, i) => (
          <React.Fragment key={i}>
            {i > 0 && <span aria-hidden="true">‹</span>}
            <button
              type="button"
              className="jp-GradLens-button"
              aria-current={i === cells.length - 1 ? 'step' : undefined}
              onClick={() => go(cells.slice(0, i + 1))}
            >
              {`${one.layer} (${one.at.join(', ')})`}
            </button>
          </React.Fragment>
        ))}
      </nav>
      {problem ? (
        <Problem message={problem.message} onRetry={problem.isLasting ? undefined : again} />
      ) : sum ? (
        <Sum key={`${sum.layer} ${sum.at.join()}`} sum={sum} onOpen={next => go([...cells, next])} />
      ) : (
        <p className="jp-GradLens-note">{trans.__('Reading the numbers…')}</p>
      )}
    </QuestionSection>
  );
}

function Sum({ sum, onOpen }: { sum: CellSum; onOpen: (cell: CellOf) => void }): React.ReactElement {
  const { controller, payload } = useModel();
  const trans = useTrans();
  const figure = React.useRef<SVGSVGElement>(null);
  const page = React.useRef<HTMLDivElement>(null);
  const [order, setOrder] = React.useState<SumOrder>('index');
  const [step, setStep] = React.useState(0);
  const { parts } = sum;
  const products = parts?.kind === 'products' ? parts : null;
  const all = React.useMemo(() => (products ? orderOf(products, order) : []), [products, order]);
  const so = React.useMemo(() => (products ? running(products, all) : new Float64Array()), [products, all]);
  const which = all[Math.min(step, all.length - 1)] ?? 0;
  const chain = chainOf(sum, trans);
  const isList = products !== null && products.rows * products.columns === 1;
  const drawn = products ?? (parts?.kind === 'max' || parts?.kind === 'mean' ? parts : null);
  const save = async (as: 'png' | 'svg'): Promise<void> => {
    const title = `${sum.layer} (${sum.at.join(', ')})`;
    const picture = namesOf(controller)[1];
    const lines = [
      ...(products ? [stepText(products.channels[which], products.sums[which], step, so[step])] : []),
      textOf(chain),
      [
        trans.__('model %1', payload.model.name),
        trans.__('layer %1', sum.layer),
        ...(picture ? [trans.__('picture %1', picture)] : [])
      ].join(' · ')
    ];
    const svg = svgOfFigure(figure.current, page.current!, { title, lines });
    const file = `${exportName(`sum ${title}`, namesOf(controller))}.${as}`;
    if (as === 'svg') {
      saveText(file, 'image/svg+xml', svg);
    } else {
      saveBlob(file, await pngOfFigure(svg, { title, lines }));
    }
    tellSaved(file, trans);
  };
  const stepText = (channel: number, value: number, at: number, sofar: number): string =>
    at === 0
      ? trans.__('channel %1 adds %2', channel, formatNumber(value))
      : trans.__('channel %1 adds %2, so far %3', channel, formatNumber(value), formatNumber(sofar));
  return (
    <div ref={page} className="jp-GradLens-sumBody">
      <p className="jp-GradLens-facts">
        {trans.__('%1, a layer of class %2', sum.layer, sum.op)}
        {products?.factors &&
          ` · ${trans.__('each channel’s sum is multiplied by its weight in the second kernel: %1', formatNumber(products.factors[which]))}`}
      </p>
      {sum.reason && <p className="jp-GradLens-note">{translated(sum.reason, trans)}</p>}
      {products && products.sums.length > 1 && (
        <div className="jp-GradLens-buttons">
          <Steps
            count={all.length}
            step={Math.min(step, all.length - 1)}
            label={stepText(products.channels[which], products.sums[which], step, so[step])}
            onStep={setStep}
          />
          <Choice<SumOrder>
            label={trans.__('Add')}
            value={order}
            options={[
              { value: 'index', label: trans.__('by index') },
              { value: 'size', label: trans.__('largest first') }
            ]}
            onChange={next => {
              setOrder(next);
              setStep(0);
            }}
          />
        </div>
      )}
      {drawn && (
        <SumFigure
          parts={drawn}
          which={which}
          step={step}
          order={all}
          so={so}
          onStep={setStep}
          onOpen={onOpen}
          figure={figure}
        />
      )}
      {isList && <ProductList parts={products} onOpen={onOpen} />}
      <p className="jp-GradLens-sumChain" aria-label={trans.__('The sum')}>
        {chain.map(({ sign, name, value }, i) => (
          <span key={i}>
            {sign && <span className="jp-GradLens-sumOperator">{sign}</span>}
            <span className="jp-GradLens-sumLink" data-last={i === chain.length - 1 || undefined}>
              <small>{name}</small> <b>{formatNumber(value)}</b>
            </span>
          </span>
        ))}
      </p>
      <div className="jp-GradLens-buttons">
        {onwards(sum).map(({ layer, at }) => (
          <button key={layer} type="button" className="jp-GradLens-button" onClick={() => onOpen({ layer, at })}>
            {trans.__('What made %1', `${layer} (${at.join(', ')})`)}
          </button>
        ))}
        <button type="button" className="jp-GradLens-button" onClick={() => void save('png')}>
          {trans.__('Save as PNG')}
        </button>
        <button type="button" className="jp-GradLens-button" onClick={() => void save('svg')}>
          {trans.__('Save as SVG')}
        </button>
      </div>
    </div>
  );
}

/** The single values that one was made of. */
function onwards({ parts }: CellSum): CellOf[] {
  return parts?.kind === 'values'
    ? parts.terms.flatMap(({ of }) => (of ? [of] : []))
    : parts?.kind === 'normalization'
      ? [parts.from]
      : [];
}
