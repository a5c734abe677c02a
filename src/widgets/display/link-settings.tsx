import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { LinkGroup, linkMode } from '../../session/view/link-group';
import type { LinkMode, LinkName, LinkScope } from '../../state/view-state';
import { LINK_NAMES } from '../../state/vocabulary';
import { usePage, useSignal, useTrans } from '../shared/context';
import { Choice, Toggle } from '../shared/fields';
import { useView, useViewProperty } from '../shared/view-context';
import { linkedWith } from './linked-with';

/** What *Link* opens: with which views this one is linked, and by what. */
export function LinkSettings(): React.ReactElement {
  const { session, controller } = useView();
  // Without a model there are no layers and classes to link.
  const hasModel = controller !== null;
  const group = usePage(LinkGroup);
  const trans = useTrans();
  const scope = useViewProperty('linkScope');
  const links = useViewProperty('links');
  const byName = useViewProperty('linkByName');
  const peers = useSignal(group.changed, () => group.peersOf(session).length);
  const hasImages = (controller?.payload.images.length ?? 0) > 1;
  const sharesImages = useSignal(group.changed, () => hasImages && group.canLink(session, 'image'));
  const names = LINK_NAMES.filter(name =>
    name === 'image' ? sharesImages : hasModel || !['layer', 'class', 'method'].includes(name)
  );
  const labels = linkLabels(trans);
  const set = (name: LinkName, mode: LinkMode): void => session.update({ links: { ...links, [name]: mode } });
  return (
    <>
      <Choice<LinkScope>
        label={trans.__('With')}
        value={hasModel || scope !== 'model' ? scope : 'none'}
        options={[
          ...(hasModel ? [{ value: 'model' as const, label: trans.__('views of this model') }] : []),
          { value: 'page', label: trans.__('all views that choose this') },
          { value: 'none', label: trans.__('no view') }
        ]}
        onChange={linkScope => session.update({ linkScope })}
      />
      {hasModel && scope === 'page' && (
        <Toggle
          label={trans.__('Layer, class and method by name')}
          title={trans.__(
            'With views of other models that have this on too: their layers and classes of the same name'
          )}
          value={byName}
          onChange={linkByName => session.update({ linkByName })}
        />
      )}
      <p className="jp-GradLens-note" role="status">
        {trans.__('Linked with %1', linkedWith(peers, trans))}
      </p>
      <p className="jp-GradLens-note">{trans.__('A view counts, and follows, once it has been scrolled to.')}</p>
      <fieldset className="jp-GradLens-set" disabled={scope === 'none' || (scope === 'model' && !hasModel)}>
        <legend>{trans.__('What is linked')}</legend>
        {names.map(name => (
          <Toggle
            key={name}
            label={labels[name]}
            value={linkMode({ links }, name) !== 'unlinked'}
            onChange={isLinked => set(name, isLinked ? 'linked' : 'unlinked')}
          />
        ))}
        <Toggle
          label={trans.__('Keep the offset of position and zoom')}
          title={trans.__('Moves as much as the other views move, from where it is')}
          value={linkMode({ links }, 'viewport') === 'relative'}
          onChange={isRelative => set('viewport', isRelative ? 'relative' : 'linked')}
        />
      </fieldset>
    </>
  );
}

const linkLabels = (trans: TranslationBundle): Record<LinkName, string> => ({
  viewport: trans.__('Position and zoom'),
  cursor: trans.__('Cursor and region'),
  image: trans.__('Image'),
  layer: trans.__('Layer and channel'),
  class: trans.__('Class'),
  method: trans.__('Method'),
  range: trans.__('Colour range'),
  colors: trans.__('Colour map'),
  overlay: trans.__('Overlay')
});
