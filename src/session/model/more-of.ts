import type { RunResult } from '../../engine/protocol/protocol';
import type { Explained } from './explained';
import type { ModelController } from './model-controller';

/**
 * Computes more of what is explained: raw activations of its layer, or the score's gradients there,
 * (n, …) with channels last. The view shows the progress. Rejects if the engine cannot.
 */
export async function moreOf(
  controller: ModelController,
  { image, layer, method, score, target, convention, run }: Explained,
  wanted: { activations: boolean; gradients: boolean },
  signal: AbortSignal
): Promise<Pick<RunResult, 'activations' | 'gradients'>> {
  const { requests } = await controller.requests();
  try {
    return await requests.run(
      image,
      {
        activations: wanted.activations ? [layer] : [],
        gradients: wanted.gradients ? [layer] : [],
        method,
        score,
        target,
        convention,
        output: run.output
      },
      { signal, onProgress: progress => controller.report(progress, signal) }
    );
  } finally {
    controller.report(null, signal);
  }
}
