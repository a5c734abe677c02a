import type { Contents } from '@jupyterlab/services';
import * as React from 'react';
import { useServices, useTrans } from '../shared/context';

const PICTURE = /\.(png|jpe?g|webp|gif|bmp|avif)$/i;

/** The pictures on the Jupyter server, from a folder on, to pick one. */
export function ServerImages(props: {
  /** The first folder. */
  folder: string;
  onPick: (path: string) => void;
  onClose: () => void;
}): React.ReactElement {
  const { contents } = useServices();
  const trans = useTrans();
  const [folder, setFolder] = React.useState(props.folder);
  const [items, setItems] = React.useState<Contents.IModel[] | null>(null);
  const [problem, setProblem] = React.useState<string | null>(null);
  React.useEffect(() => {
    let isCurrent = true;
    setItems(null);
    contents.get(folder, { content: true }).then(
      model => isCurrent && setItems((model.content as Contents.IModel[]).filter(isShown).sort(foldersFirst)),
      (reason: Error) =>
        isCurrent && setProblem(trans.__('The folder “%1” cannot be listed: %2', folder, reason.message))
    );
    return () => {
      isCurrent = false;
    };
  }, [contents, folder, trans]);

  const parent = folder.includes('/') ? folder.slice(0, folder.lastIndexOf('/')) : '';
  return (
    <section className="jp-GradLens-serverImages" aria-label={trans.__('Pictures on the Jupyter server')}>
      <div className="jp-GradLens-controlRow">
        <strong>{`/${folder}`}</strong>
        <button type="button" className="jp-GradLens-button" onClick={props.onClose}>
          {trans.__('Close')}
        </button>
      </div>
      {problem !== null && <p role="alert">{problem}</p>}
      <ul>
        {folder !== '' && (
          <li>
            <button type="button" onClick={() => setFolder(parent)}>
              {trans.__('↑ parent folder')}
            </button>
          </li>
        )}
        {(items ?? []).map(item => (
          <li key={item.path}>
            <button
              type="button"
              onClick={() => (item.type === 'directory' ? setFolder(item.path) : props.onPick(item.path))}
            >
              {item.type === 'directory' ? `▸ ${item.name}` : item.name}
            </button>
          </li>
        ))}
      </ul>
      {items?.length === 0 && <p className="jp-GradLens-quiet">{trans.__('There is no picture in this folder.')}</p>}
    </section>
  );
}

const isShown = (item: Contents.IModel): boolean => item.type === 'directory' || PICTURE.test(item.name);

function foldersFirst(a: Contents.IModel, b: Contents.IModel): number {
  const isFolder = (item: Contents.IModel): number => (item.type === 'directory' ? 0 : 1);
  return isFolder(a) - isFolder(b) || a.name.localeCompare(b.name);
}
