import * as React from 'react';
import type { GivenPicture } from '../../engine/protocol/protocol';
import { HeatmapRenderer } from '../../viewer/gl/renderer';
import { exportName } from '../export/file-name';
import { namesOf, provenanceOf } from '../export/provenance';
import { saveBlob, tellSaved } from '../export/save-file';
import { MapPane } from '../map/map-pane';
import { usePage, useTrans } from '../shared/context';
import { useBitmap } from '../shared/hooks/use-bitmap';
import { useView } from '../shared/view-context';
import type { ComparedMaps } from './compared-maps';
import { pngOfPanes } from './panes-figure';

/**
 * A map of the picture as it is and as it was changed, in one range, and their difference; zoom and cursor are the
 * view's. All three are saved as one picture.
 */
export function ComparedPanes(props: {
  title: string;
  maps: ComparedMaps;
  picture: ImageBitmap | null;
  given: GivenPicture | null;
  aspect: number;
  /** What was done, for the picture that is saved. */
  changes: readonly string[];
  /** Over the panes; default: before, after, difference. */
  headings?: readonly string[];
}): React.ReactElement {
  const { title, maps, picture, given, aspect, changes, headings } = props;
  const { session, controller } = useView();
  const renderer = usePage(HeatmapRenderer);
  const trans = useTrans();
  const changed = useBitmap(given, bitmapOfGiven) ?? picture;
  const { before, after, difference, range, around } = maps;
  const [first, second, third] = headings ?? [trans.__('Before'), trans.__('After'), trans.__('Difference')];
  const panes = [
    { heading: first, map: before, range, picture },
    { heading: second, map: after, range, picture: changed },
    { heading: third, map: difference, range: around, picture: changed }
  ];
  const save = async (): Promise<void> => {
    const of = namesOf(controller);
    const sources = panes.map(({ heading, ...pane }) => ({
      state: () => session.state,
      renderer,
      aspect,
      of,
      title: heading,
      provenance: [],
      ...pane
    }));
    const provenance = [...provenanceOf(controller, before, trans), ...changes];
    const file = `${exportName(headings ? title : `${title} before after`, of)}.png`;
    saveBlob(file, await pngOfPanes(title, sources, provenance));
    tellSaved(file, trans);
  };
  return (
    <>
      <div className="jp-GradLens-caption">
        <h4>{title}</h4>
        <button type="button" className="jp-GradLens-button" onClick={() => void save()}>
          {trans.__('Save all three as PNG')}
        </button>
      </div>
      <div className="jp-GradLens-compared">
        {panes.map(pane => (
          <MapPane key={pane.heading} {...pane} level={4} aspect={aspect} />
        ))}
      </div>
    </>
  );
}

const bitmapOfGiven = async ({ rgba, width, height }: GivenPicture): Promise<ImageBitmap> =>
  createImageBitmap(new ImageData(rgba, width, height));
