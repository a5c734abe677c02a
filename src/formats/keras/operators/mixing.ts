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
