import * as React from 'react';
import { type Message, message, messageOf } from '../../messages/message';
import type { ModelPayload } from '../../mime/payload';
import { type NamedMask, type OpenedMasks, openedMasksOf } from '../../session/set/opened-masks';
import { FileButton } from '../files/file-button';
import { useSignal, useTrans } from '../shared/context';
import { Problem } from '../shared/problem';
import { useModel, useViewProperty } from '../shared/view-context';
import { maskFrom } from './mask-picture';

/** The view's images, with the masks that the cell gave or that were opened here. */
export function useMasked(): Pick<ModelPayload, 'images' | 'mask'> {
  const { controller, payload } = useModel();
  const opened: OpenedMasks = openedMasksOf(controller);
  const revision = useSignal(opened.changed, () => opened.revision);
  return React.useMemo(() => opened.at(revision, payload), [opened, payload, revision]);
}

/** Opens pictures as masks: of the images that they are called like, or of the one shown. */
export function MaskFiles(): React.ReactElement {
  const { controller, payload } = useModel();
  const image = useViewProperty('image');
  const trans = useTrans();
  const [problem, setProblem] = React.useState<Message | null>(null);
  const take = async (files: readonly File[]): Promise<void> => {
    setProblem(null);
    try {
      const masks: NamedMask[] = [];
      for (const one of files) {
        // One after the other: hundreds of pictures at once would fill the memory.
        masks.push(await maskFrom(one));
      }
      if (masks.length > 0 && openedMasksOf(controller).open(masks, payload.images, image) === 0) {
        setProblem(message('None of these masks is called as one of the images: the mask of a.jpg is a.png.'));
      }
    } catch (error) {
      setProblem(messageOf(error));
    }
  };
  return (
    <div>
      <FileButton
        name={trans.__('Mask file')}
        accept="image/*"
        multiple
        title={trans.__('Pictures that are not black inside; for many images, each called like its image')}
        onFiles={files => void take(files)}
      >
        {trans.__('Open a mask…')}
      </FileButton>
      {problem && <Problem message={problem} />}
    </div>
  );
}
