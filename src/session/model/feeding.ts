import type { ModelController } from './model-controller';

/** Names a view's model and how it is fed: what was computed of the same images under another name is not true of them now. */
export const feedingOf = ({ payload, snapshot }: Pick<ModelController, 'payload' | 'snapshot'>): string =>
  JSON.stringify([snapshot.model?.model, payload.preprocess, payload.interpolation]);
