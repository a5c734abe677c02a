import * as React from 'react';
import { type Message, message, messageOf } from '../../messages/message';
import type { ModelPayload } from '../../mime/payload';
import { type NamedMask, type OpenedMasks, openedMasksOf } from '../../session/set/opened-masks';
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
  const file = React.useRef<HTMLInputElement>(null);
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
      <button
        type="button"
        className="jp-GradLens-button"
        title={trans.__('Pictures that are not black inside; for many images, each called like its image')}
        onClick={() => file.current?.click()}
      >
        {trans.__('Open a mask…')}
      </button>
      <input
        ref={file}
        type="file"
        accept="image/*"
        multiple
        hidden
        aria-label={trans.__('Mask file')}
        onChange={event => {
          void take([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
      {problem && <Problem message={problem} />}
    </div>
  );
}
