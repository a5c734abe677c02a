import type { LayerInfo, ModelDescription } from '../graph/layer-info';

/** The totals at the end of `model.summary()`, and the memory that the browser needs. */
export interface ModelTotals {
  parameters: number;
  trainable: number;
  nonTrainable: number;
  /** Bytes of the weights as float32, which is how they are computed with. */
  weightBytes: number;
  /**
   * Bytes of all layers' values for one image: what an explanation keeps at the
   * most. Sizes that only the input decides are not counted.
   */
  activationBytes: number;
}

const FLOAT = 4;

export function modelTotals(model: ModelDescription): ModelTotals {
  const nonTrainable = model.layers.reduce((sum, layer) => sum + (layer.sharesWeights ? 0 : layer.nonTrainable), 0);
  const values = model.layers.reduce((sum, layer) => sum + valuesOf(layer), 0);
  return {
    parameters: model.parameters,
    trainable: model.parameters - nonTrainable,
    nonTrainable,
    weightBytes: FLOAT * model.parameters,
    activationBytes: FLOAT * values
  };
}

function valuesOf({ outputShape }: LayerInfo): number {
  return outputShape.reduce<number>((product, size) => product * (size ?? 0), outputShape.length > 0 ? 1 : 0);
}

/** One line of `model.summary()`, in its order. */
export interface SummaryRow {
  name: string;
  type: string;
  shape: string;
  parameters: number;
  connectedTo: string;
}

export function summaryRows(model: ModelDescription): SummaryRow[] {
  return model.layers.map(layer => ({
    name: layer.id,
    type: layer.op,
    shape: `(${['None', ...layer.outputShape.map(size => size ?? 'None')].join(', ')})`,
    parameters: layer.parameters,
    connectedTo: layer.inputs.join(', ')
  }));
}

/** The table as text whose columns are parted by tabs: pastes into a spreadsheet and into an editor. */
export function summaryText(model: ModelDescription): string {
  const { parameters, trainable, nonTrainable } = modelTotals(model);
  const lines = summaryRows(model).map(row =>
    [row.name, row.type, row.shape, row.parameters, row.connectedTo].join('\t')
  );
  return [
    ['Layer', 'Type', 'Output shape', 'Parameters', 'Connected to'].join('\t'),
    ...lines,
    `Total parameters\t${parameters}`,
    `Trainable\t${trainable}`,
    `Non-trainable\t${nonTrainable}`,
    ''
  ].join('\n');
}

/** 1_234_567 -> "1.23M", as short as a list needs. */
export function formatCount(count: number): string {
  if (count < 1000) {
    return String(count);
  }
  const units = ['k', 'M', 'G'];
  const power = Math.min(units.length, Math.floor(Math.log10(count) / 3));
  return `${Number((count / 1000 ** power).toPrecision(3))}${units[power - 1]}`;
}
