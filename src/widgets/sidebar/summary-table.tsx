import './summary.css';
import { Clipboard } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { ReactWidget } from '@jupyterlab/ui-components';
import * as React from 'react';
import type { ModelSummary } from '../../graph/layer-info';
import { modelTotals, summaryRows, summaryText } from '../../layers/model-totals';
import { formatBytes } from '../../session/progress/progress-text';
import { MiddleCut } from '../shared/middle-cut';

/** Layers of a nested model share the beginning of their names. */
const NAME_TAIL = 14;

/** The table of `model.summary()`, to read and to copy. */
export class SummaryTable extends ReactWidget {
  constructor(
    private model: ModelSummary,
    private trans: TranslationBundle
  ) {
    super();
    this.addClass('jp-GradLens-summary');
  }

  protected render(): React.ReactElement {
    return <ModelTable title={this.model.name} model={this.model} trans={this.trans} />;
  }
}

/** Totals and layers of a model, as `model.summary()` prints them. */
export function ModelTable(props: {
  title: string;
  model: ModelSummary;
  trans: TranslationBundle;
}): React.ReactElement {
  const { title, model, trans } = props;
  const totals = modelTotals(model);
  const facts: [string, string][] = [
    [trans.__('Total parameters'), totals.parameters.toLocaleString()],
    [trans.__('Trainable'), totals.trainable.toLocaleString()],
    [trans.__('Not trainable'), totals.nonTrainable.toLocaleString()],
    [trans.__('Weights as 32-bit floats'), formatBytes(totals.weightBytes)],
    [trans.__('Values of all layers, one image'), formatBytes(totals.activationBytes)],
    [
      trans.__('File'),
      `${formatBytes(model.bytes)}${model.kerasVersion === null ? '' : ` · Keras ${model.kerasVersion}`}`
    ]
  ];
  return (
    <>
      <div className="jp-GradLens-summaryHead">
        <h2>{title}</h2>
        <button type="button" className="jp-GradLens-button" onClick={() => Clipboard.copyToSystem(summaryText(model))}>
          {trans.__('Copy the table')}
        </button>
      </div>
      <dl>
        {facts.map(([name, value]) => (
          <React.Fragment key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </React.Fragment>
        ))}
      </dl>
      <table aria-label={trans.__('Layers of %1', model.name)}>
        <thead>
          <tr>
            <th scope="col">{trans.__('Layer')}</th>
            <th scope="col">{trans.__('Type')}</th>
            <th scope="col">{trans.__('Output shape')}</th>
            <th scope="col" className="jp-mod-number">
              {trans.__('Parameters')}
            </th>
            <th scope="col">{trans.__('Connected to')}</th>
          </tr>
        </thead>
        <tbody>
          {summaryRows(model).map(row => (
            <tr key={row.name}>
              <th scope="row" title={row.name}>
                <MiddleCut text={row.name} tail={NAME_TAIL} />
              </th>
              <td>{row.type}</td>
              <td>{row.shape}</td>
              <td className="jp-mod-number">{row.parameters.toLocaleString()}</td>
              <td>{row.connectedTo}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
