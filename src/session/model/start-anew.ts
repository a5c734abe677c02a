import type { ModelController } from './model-controller';

/** Opens the model again that the engine lost, unless the view stopped, or has not begun. Never rejects. */
export async function startAnew(controller: ModelController): Promise<void> {
  const { model, stored, busy, problem, cancelled } = controller.snapshot;
  if ((model || busy) && !stored && !problem && !cancelled) {
    await controller.start();
  }
}
