import type { ModelController } from '../model-controller';

/** Explains a layer; of what was stored, as it was looked at last there, if not as it is now. */
export function pickLayer(controller: Pick<ModelController, 'session' | 'snapshot' | 'refusal'>, layer: string): void {
  const { session, snapshot } = controller;
  if (controller.refusal({ layer }) === null) {
    session.explain({ layer });
    return;
  }
  const { image } = session.state;
  const there = snapshot.stored?.questions.filter(one => one.layer === layer && one.image === image) ?? [];
  const last = there[there.length - 1];
  if (last) {
    const { method, score, target, output, convention } = last;
    session.explain({ layer, method, score, target, output, convention });
  }
}
