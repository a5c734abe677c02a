import type { TranslationBundle } from '@jupyterlab/translation';
import { classNamer, scoreText } from '../../classes/classes';
import type { Explained } from '../../session/model/explained';
import type { ModelController } from '../../session/model/model-controller';
import type { ShownMap } from '../../session/view/shown-map';

/**
 * Where a map comes from, part by part: model, layer, method, what is explained, its score,
 * and the picture. Of an array, which has none of them: its title.
 */
export function provenanceOf(
  controller: Pick<ModelController, 'payload' | 'snapshot'> | null,
  map: ShownMap,
  trans: TranslationBundle
): string[] {
  const explained = controller?.snapshot.explained;
  if (!controller || !explained) {
    return [map.title];
  }
  const { payload } = controller;
  const { layer, score, run } = explained;
  const picture = payload.images[explained.image];
  const value = run.targets[0]?.score;
  const isProbable = run.ending === 'softmax' || run.ending === 'sigmoid';
  const scoreName = isProbable && score === 'probability' ? trans.__('probability') : trans.__('logit');
  return [
    trans.__('model %1', payload.model.name),
    trans.__('layer %1', layer),
    ...(map.target === undefined
      ? []
      : [
          explainedClass(map.target, explained, payload.labels, trans),
          ...(value === undefined
            ? []
            : [
                `${isProbable ? scoreName : trans.__('score')} ${scoreText(value, isProbable && score === 'probability')}`
              ])
        ]),
    map.name,
    ...(picture ? [trans.__('picture %1', picture.name)] : []),
    ...(map.slice === undefined
      ? []
      : [map.isFrame ? trans.__('frame %1', map.slice) : trans.__('slice %1', map.slice)])
  ];
}

/** Names of the model and of the image that a map is of; none of an array. */
export function namesOf(controller: Pick<ModelController, 'payload' | 'snapshot'> | null): string[] {
  const explained = controller?.snapshot.explained;
  return controller && explained
    ? [controller.payload.model.name, controller.payload.images[explained.image]?.name ?? ''].filter(Boolean)
    : [];
}

/** A class by its name and number; what else is explained, in the words of the map's title. */
function explainedClass(
  target: string,
  { run }: Explained,
  labels: readonly string[] | undefined,
  trans: TranslationBundle
): string {
  const index = run.targets[0]?.index ?? -1;
  const unnamed = trans.__('class %1', index);
  return target === unnamed
    ? unnamed
    : index >= 0 && target === classNamer(run, labels, trans)(index)
      ? trans.__('class %1 (%2)', index, target)
      : trans.__('explains %1', target);
}
