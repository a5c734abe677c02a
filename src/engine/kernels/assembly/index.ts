/** The module's exports. */
export * from './copy';
export * from './gradients';
export * from './pooling';
export * from './sums';
export * from './winograd';
