import type { TranslationBundle } from '@jupyterlab/translation';
import { classNamer } from '../../classes/classes';
import { fetched } from '../../messages/fetched';
import type { LiveView } from '../view-tracker';

/** JSON of the experiments that were kept in a view, those kept first at the front, as gradlens/_live/experiments.py reads it. */
export async function experimentsOf({ controller, keeper }: LiveView, trans: TranslationBundle): Promise<Uint8Array> {
  const [{ experimentOf }, { valuesOf }] = await fetched(
    Promise.all([import('../experiment/experiment'), import('../experiment/kept-experiments')])
  );
  const { entries } = controller ? experimentOf(controller, keeper).snapshot : { entries: [] };
  const list = entries.map(({ name, image, model, perturbation, before, run }) => {
    const classIndex = before.targets[0]?.index ?? null;
    return {
      name,
      image,
      model: model ?? (controller?.payload.models ? null : (controller?.payload.model.name ?? null)),
      imageName: controller?.payload.images[image]?.name ?? null,
      output: before.output,
      classIndex,
      className: classIndex === null ? null : classNamer(before, controller?.payload.labels, trans)(classIndex),
      perturbation,
      before: valuesOf(before),
      after: valuesOf(run)
    };
  });
  return new TextEncoder().encode(JSON.stringify(list));
}
