import * as React from 'react';
import { parseLabels } from '../../classes/class-labels';
import type { ModelSummary } from '../../graph/layer-info';
import { fetched } from '../../messages/fetched';
import { type Message, messageOf } from '../../messages/message';
import { guessPreprocess } from '../../session/opened/guess-preprocess';
import { FileButton } from '../files/file-button';
import { useTrans } from '../shared/context';
import { Choice } from '../shared/fields';
import { choiceOf, PREPROCESS_CHOICES, type PreprocessChoice, preprocessTexts } from '../shared/preprocess-texts';
import { Problem } from '../shared/problem';
import { useModel } from '../shared/view-context';

/** ImageNet's classes, of which only models with this many outputs can have the names. */
const IMAGENET_CLASSES = 1000;

/** Chooses what a model file leaves open: preprocessing and class names. */
export function InputSettings({ model }: { model: ModelSummary }): React.ReactElement {
  const { controller, payload } = useModel();
  const trans = useTrans();
  const [problem, setProblem] = React.useState<Message | null>(null);
  const { preprocess, labels } = payload;
  const guess = choiceOf(guessPreprocess(model));
  const count = model.outputs[0]?.shape[1] ?? null;
  const texts = preprocessTexts(trans);
  const choice = choiceOf(preprocess);
  const takeImageNet = async (): Promise<void> => {
    setProblem(null);
    const { IMAGENET_LABELS } = await fetched(import('../../classes/imagenet-labels'));
    await controller.revise({ labels: [...IMAGENET_LABELS] });
  };
  const readFile = async (chosen: File | undefined): Promise<void> => {
    if (chosen) {
      setProblem(null);
      await controller.revise({ labels: parseLabels(await chosen.text(), chosen.name) });
    }
  };
  return (
    <div className="jp-GradLens-controlRow">
      <Choice<PreprocessChoice>
        label={trans.__('Pixel values')}
        value={choice}
        options={PREPROCESS_CHOICES.filter(name => name !== 'own' || name === choice).map(name => ({
          value: name,
          label: name === guess ? trans.__('%1, guessed', texts[name]) : texts[name]
        }))}
        onChange={name => name !== 'own' && void controller.revise({ preprocess: name === 'none' ? null : name })}
      />
      <span className="jp-GradLens-quiet">
        {labels
          ? trans._n('%1 class name', '%1 class names', labels.length, labels.length)
          : trans.__('no class names')}
      </span>
      <FileButton
        name={trans.__('File of class names')}
        accept=".json,.txt"
        onFiles={([chosen]) => void readFile(chosen).catch((error: unknown) => setProblem(messageOf(error)))}
      >
        {trans.__('Class names…')}
      </FileButton>
      {count === IMAGENET_CLASSES && (
        <button
          type="button"
          className="jp-GradLens-button"
          onClick={() => void takeImageNet().catch((error: unknown) => setProblem(messageOf(error)))}
        >
          {trans.__('ImageNet’s names')}
        </button>
      )}
      {problem !== null && <Problem message={problem} />}
    </div>
  );
}
