/** Operators that no setting of GradLens runs, and why: ends of sentences. */
import { type Message, message } from '../../../messages/message';

const COMPLEX = message('gives complex numbers, with which GradLens does not compute');
const RANDOM = message('draws at random whenever it runs');

export const REFUSED: ReadonlyMap<string, Message> = new Map([
  ...['eig', 'eigvals', 'view_as_complex', 'polar', 'complex'].map(name => [name, COMPLEX] as const),
  ...['elastic_transform', 'random_uniform', 'random_normal', 'dropout'].map(name => [name, RANDOM] as const),
  [
    'argpartition',
    message('orders values only in part, which TensorFlow does in its own way: sort them by argsort instead')
  ],
  ['lu_factor', message('gives factors in an order of rows that GradLens does not follow')]
]);

/** Operators that mix the samples, whatever their arguments are. */
export const MIXING: ReadonlySet<string> = new Set([
  'all_close',
  'corrcoef',
  'diag',
  'diagflat',
  'histogram',
  'l2_loss',
  'nonzero',
  'outer',
  'psnr',
  'ravel',
  'unique',
  'vdot'
]);
