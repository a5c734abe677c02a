import * as React from 'react';
import { useServices, useTrans } from '../context';
import { readServerFile, type OfferedImage } from './image-sources';
import { pictureFrom } from './picture';
import { ServerImages } from './server-images';
import { Webcam } from './webcam';
import type { PayloadImage } from '../../mime/payload';

/** Where pictures come from: a file, the Jupyter server, the camera; dropping and pasting are the tab's business. */
export function ImageInput(props: {
  /** Folder of the model on the server. */
  folder: string;
  /** The first picture is still missing: say what can be done. */
  isEmpty: boolean;
  onImages: (images: PayloadImage[]) => void;
  onProblem: (message: string) => void;
}): React.ReactElement {
  const { folder, isEmpty, onImages, onProblem } = props;
  const { contents } = useServices();
  const trans = useTrans();
  const file = React.useRef<HTMLInputElement>(null);
  const [open, setOpen] = React.useState<'server' | 'camera' | null>(null);
  const taken = React.useRef(0);
  const take = (images: OfferedImage[]): void => {
    readImages(images, contents).then(onImages, (reason: Error) => onProblem(reason.message));
  };
  return (
    <div className={`jp-GradLens-imageInput${isEmpty ? ' jp-mod-empty' : ''}`}>
      {isEmpty && (
        <p className="jp-GradLens-dropText">
          {trans.__('Drop a picture here, from your computer or from the file browser, or paste one.')}
        </p>
      )}
      <div className="jp-GradLens-row2">
        <button type="button" className="jp-GradLens-button" onClick={() => file.current?.click()}>
          {isEmpty ? trans.__('Choose a picture…') : trans.__('Add a picture…')}
        </button>
        <button
          type="button"
          className="jp-GradLens-button"
          aria-expanded={open === 'server'}
          onClick={() => setOpen(open === 'server' ? null : 'server')}
        >
          {trans.__('From Jupyter’s files')}
        </button>
        <button
          type="button"
          className="jp-GradLens-button"
          aria-expanded={open === 'camera'}
          onClick={() => setOpen(open === 'camera' ? null : 'camera')}
        >
          {trans.__('Camera')}
        </button>
        <input
          ref={file}
          type="file"
          accept="image/*"
          multiple
          hidden
          aria-label={trans.__('Picture file')}
          onChange={event => {
            take([...(event.target.files ?? [])].map(blob => ({ blob, name: blob.name })));
            event.target.value = '';
          }}
        />
      </div>
      {open === 'server' && (
        <ServerImages
          folder={folder}
          onClose={() => setOpen(null)}
          onPick={path => {
            setOpen(null);
            take([{ path }]);
          }}
        />
      )}
      {open === 'camera' && (
        <Webcam
          onClose={() => setOpen(null)}
          onTake={video => {
            pictureFrom(video, `camera ${++taken.current}`).then(
              image => onImages([image]),
              (reason: Error) => onProblem(reason.message)
            );
          }}
        />
      )}
    </div>
  );
}

/** Which pictures came from the Jupyter server, and from where: those can be read again after a reload. */
const serverPaths = new WeakMap<PayloadImage, string>();

/** The path on the Jupyter server that a picture was read from, or null. */
export const serverPathOfImage = (image: PayloadImage): string | null => serverPaths.get(image) ?? null;

/** Reads pictures, wherever they are. */
export async function readImages(
  images: readonly OfferedImage[],
  contents: Parameters<typeof readServerFile>[1]
): Promise<PayloadImage[]> {
  return Promise.all(
    images.map(async image => {
      if (!('path' in image)) {
        return pictureFrom(image.blob, image.name);
      }
      const read = await pictureFrom(await readServerFile(image.path, contents), image.path);
      serverPaths.set(read, image.path);
      return read;
    })
  );
}
