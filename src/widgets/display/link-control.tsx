import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { LinkGroup, linkMode } from '../../session/view/link-group';
import type { LinkMode, LinkName, LinkScope } from '../../state/view-state';
import { LINK_NAMES } from '../../state/vocabulary';
import { usePage, useSignal, useTrans } from '../shared/context';
import { Choice, Toggle } from '../shared/fields';
import { Popover } from '../shared/popover';
import { useView, useViewProperty } from '../shared/view-context';

/** Shows with how many views this one is linked, and lets one choose with which, and by what. */
export function LinkControl(): React.ReactElement {
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
  const state = peers === 0 ? trans.__('no other view') : trans._n('%1 other view', '%1 other views', peers, peers);
  return (
    <Popover
      label={peers === 0 ? trans.__('Link') : trans.__('Linked: %1', peers)}
      mark={<LinkMark isLinked={peers > 0} />}
      title={trans.__('Linked with %1. Choose what moves together.', state)}
    >
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
        {trans.__('Linked with %1', state)}
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
    </Popover>
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

/** Two links of a chain, closed or apart. */
function LinkMark({ isLinked }: { isLinked: boolean }): React.ReactElement {
  const gap = isLinked ? 0 : 1.6;
  return (
    <svg
      viewBox="0 0 20 10"
      width="18"
      height="9"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
    >
      <rect x={1} y={1.5} width={9 - gap} height={7} rx={3.5} />
      <rect x={8 + gap + (isLinked ? 1 : 2)} y={1.5} width={9 - gap - 0.5} height={7} rx={3.5} />
    </svg>
  );
}
