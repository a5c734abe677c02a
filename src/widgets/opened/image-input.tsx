import * as React from 'react';
import type { PayloadImage } from '../../mime/payload';
import { FileButton } from '../files/file-button';
import { useServices, useTrans } from '../shared/context';
import { type OfferedImage, readImages } from './image-sources';
import { pictureFrom } from './picture';
import { ServerImages } from './server-images';
import { Webcam } from './webcam';

/** Takes pictures from a file, the Jupyter server or the camera; the tab itself handles dropping and pasting. */
export function ImageInput(props: {
  /** Folder of the model on the server. */
  folder: string;
  /** The first picture is still missing: say what can be done. */
  isEmpty: boolean;
  onOffer: (reading: Promise<PayloadImage[]>) => void;
  onRemove: () => void;
}): React.ReactElement {
  const { folder, isEmpty, onOffer, onRemove } = props;
  const { contents } = useServices();
  const trans = useTrans();
  const [open, setOpen] = React.useState<'server' | 'camera' | null>(null);
  const taken = React.useRef(0);
  const take = (images: OfferedImage[]): void => onOffer(readImages(images, contents));
  return (
    <div className={`jp-GradLens-imageInput${isEmpty ? ' jp-mod-empty' : ''}`}>
      {isEmpty && (
        <p className="jp-GradLens-dropText">
          {trans.__('Drop a picture here, from your computer or from the file browser, or paste one.')}
        </p>
      )}
      <div className="jp-GradLens-controlRow">
        <FileButton
          name={trans.__('Picture file')}
          accept="image/*"
          multiple
          onFiles={files => take(files.map(blob => ({ blob, name: blob.name })))}
        >
          {isEmpty ? trans.__('Choose a picture…') : trans.__('Add a picture…')}
        </FileButton>
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
        {!isEmpty && (
          <button
            type="button"
            className="jp-GradLens-button"
            title={trans.__('Removes the picture on screen from this tab; its file stays')}
            onClick={onRemove}
          >
            {trans.__('Remove')}
          </button>
        )}
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
          onTake={video => onOffer(pictureFrom(video, `camera ${++taken.current}`).then(image => [image]))}
        />
      )}
    </div>
  );
}
