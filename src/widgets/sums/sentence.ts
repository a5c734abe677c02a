/** A sum in words and numbers, as a chain that ends with what the map shows. */
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CellSum } from '../../engine/protocol/sums';
import { formatNumber } from '../../viewer/values/numbers';

export interface Link {
  /** Between it and the one before: an operator, or an arrow. */
  sign: string;
  name: string;
  value: number;
}

const OPERATORS = {
  copy: '',
  add: '+',
  subtract: '−',
  multiply: '×',
  average: ',',
  maximum: ',',
  minimum: ','
} as const;

/** From the parts to the value, link by link. */
export function chainOf(sum: CellSum, trans: TranslationBundle): Link[] {
  const { parts, activation, value } = sum;
  const links = parts ? linksOf(parts, trans) : [];
  if (activation) {
    const { name, among, result } = activation;
    const told = among > 1 ? trans.__('%1 among %2', name, among) : name;
    links.push({ sign: '→', name: told, value: result });
  }
  const computed = activation?.result ?? parts?.total;
  const agrees = computed === undefined || isNear(computed, value, sum);
  links.push({ sign: agrees ? '=' : '≠', name: trans.__('the layer’s value'), value });
  return links;
}

/** Single precision rounds each summand by 6e-8 of it. */
function isNear(computed: number, value: number, { parts }: CellSum): boolean {
  const scale =
    parts?.kind === 'products' ? parts.sums.reduce((all, one) => all + Math.abs(one), Math.abs(parts.bias ?? 0)) : 0;
  return Object.is(computed, value) || Math.abs(computed - value) <= 1e-4 * Math.max(Math.abs(value), scale, 1e-6);
}

function linksOf(parts: NonNullable<CellSum['parts']>, trans: TranslationBundle): Link[] {
  switch (parts.kind) {
    case 'products': {
      const { sums, bias, total } = parts;
      const all = {
        sign: '',
        name: trans._n('%1 channel', 'all %1 channels', sums.length, sums.length),
        value: total - (bias ?? 0)
      };
      return bias === null
        ? [all]
        : [all, { sign: '+', name: trans.__('bias'), value: bias }, { sign: '=', name: trans.__('sum'), value: total }];
    }
    case 'max':
      return [{ sign: '', name: trans.__('largest of %1', parts.count), value: parts.total }];
    case 'mean':
      return [
        { sign: '', name: trans.__('sum of %1', parts.count), value: parts.total * parts.count },
        { sign: '÷', name: trans.__('cells'), value: parts.count },
        { sign: '=', name: trans.__('mean'), value: parts.total }
      ];
    case 'normalization': {
      const { x, mean, variance, epsilon, gamma, beta, total } = parts;
      return [
        { sign: '(', name: trans.__('x'), value: x },
        { sign: '−', name: trans.__('mean'), value: mean },
        { sign: ') ÷ √(', name: trans.__('variance'), value: variance },
        { sign: '+', name: trans.__('ε'), value: epsilon },
        ...(gamma === null ? [] : [{ sign: ') ×', name: trans.__('γ'), value: gamma }]),
        ...(beta === null ? [] : [{ sign: gamma === null ? ') +' : '+', name: trans.__('β'), value: beta }]),
        { sign: gamma === null && beta === null ? ') =' : '=', name: trans.__('normalized'), value: total }
      ];
    }
    case 'values': {
      const { operator, terms, total } = parts;
      const names = {
        copy: '',
        add: trans.__('sum'),
        subtract: trans.__('difference'),
        multiply: trans.__('product'),
        average: trans.__('mean'),
        maximum: trans.__('largest'),
        minimum: trans.__('smallest')
      };
      const given = terms.map(({ of, value }, i) => ({
        sign: i === 0 ? '' : OPERATORS[operator],
        name: of ? of.layer.slice(of.layer.lastIndexOf('/') + 1) : trans.__('constant'),
        value
      }));
      return operator === 'copy' ? given : [...given, { sign: '=', name: names[operator], value: total }];
    }
  }
}

export const textOf = (links: readonly Link[]): string =>
  links.map(({ sign, name, value }) => `${sign} ${name} ${formatNumber(value)}`.trim()).join(' ');
