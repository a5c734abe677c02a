import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { layerOrDefault } from '../../layers/find-layer';
import { LinkGroup } from '../../session/view/link-group';
import { equal } from '../../state/defaults';
import type { ViewState } from '../../state/view-state';
import { usePage, useTrans } from '../shared/context';
import { useModel, useView, useViewState } from '../shared/view-context';

/** What decides what is found, and may come from a click in a linked view. */
const NAMES = ['layer', 'method', 'output', 'target', 'score', 'convention'] as const;

/** As many are named on the button, beside which a model's name has little room; the tip names all. */
const NAMED = 1;

/** Says that a view explains something else than its cell asks for, and takes it back there. */
export function ResetChip(): React.ReactElement | null {
  const { session, snapshot } = useModel();
  const { keeper } = useView();
  const group = usePage(LinkGroup);
  const trans = useTrans();
  const { model, stored } = snapshot;
  const state = useViewState();
  // Without a keeper there is no cell that asks for anything.
  if (!keeper || !model || stored) {
    return null;
  }
  const { asked } = session;
  const idOf = (layer: string | null): string | undefined => layerOrDefault(model, layer)?.id;
  const departing = NAMES.filter(name =>
    name === 'layer' ? idOf(state.layer) !== idOf(asked.layer) : !equal(state[name], asked[name])
  );
  if (departing.length === 0) {
    return null;
  }
  const labels = labelsOf(trans);
  const names = departing.map(name => labels[name]).join(', ');
  const what =
    departing.length > NAMED ? trans._n('%1 choice', '%1 choices', departing.length, departing.length) : names;
  const reset = (): void => {
    const changes: Partial<ViewState> = Object.fromEntries(departing.map(name => [name, asked[name]]));
    group.apart(() => session.explain(changes));
  };
  return (
    <button
      type="button"
      className="jp-GradLens-button"
      title={trans.__(
        'Chosen by hand, here or in a linked view: %1. Resets that in this view alone, to what its cell asks for.',
        names
      )}
      onClick={reset}
    >
      {trans.__('Reset %1', what)}
    </button>
  );
}

const labelsOf = (trans: TranslationBundle): Record<(typeof NAMES)[number], string> => ({
  layer: trans.__('layer'),
  method: trans.__('method'),
  output: trans.__('output'),
  target: trans.__('class'),
  score: trans.__('score'),
  convention: trans.__('convention')
});
