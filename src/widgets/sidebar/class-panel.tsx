import * as React from 'react';
import { type ClassScore, isRegression, rankClasses, scoreText, searchClasses } from '../../classes/classes';
import { spatialOutput } from '../../classes/spatial-output';
import { isClassTarget } from '../../state/targets';
import { ScoreChoice } from '../classes/score-choice';
import { TargetControls } from '../classes/target-controls';
import { ValueChoice } from '../classes/value-choice';
import { useTrans } from '../shared/context';
import { useRefusal } from '../shared/hooks/use-refusal';
import { useCurrentView } from '../shared/hooks/use-view';
import { RefusableButton } from '../shared/refusable';
import { useModel, useViewProperty, ViewProvider } from '../shared/view-context';

/** Listed at once; the search finds the others. */
const LISTED = 50;

/** Every class with its score, to search and to explain; and which score is meant. */
export function ClassPanel(): React.ReactElement {
  const trans = useTrans();
  const view = useCurrentView();
  if (!view?.controller) {
    return <p className="jp-GradLens-quiet">{trans.__('The classes of a view’s model are listed here.')}</p>;
  }
  return (
    <ViewProvider key={view.key} view={view}>
      <Classes />
    </ViewProvider>
  );
}

function Classes(): React.ReactElement {
  const { session, payload, snapshot } = useModel();
  const trans = useTrans();
  const refusal = useRefusal();
  const [query, setQuery] = React.useState('');
  const { explained } = snapshot;
  const wanted = useViewProperty('target');
  const { labels } = payload;
  const outputAs = useViewProperty('outputAs');
  const reading = explained && (spatialOutput(explained.run, outputAs)?.reading ?? null);
  const ranked = React.useMemo(
    () => (explained ? rankClasses(explained.run, labels, trans, reading) : null),
    [explained, labels, trans, reading]
  );
  const found = React.useMemo(() => (ranked ? searchClasses(ranked.classes, query) : []), [ranked, query]);
  if (typeof reading === 'object' && reading !== null) {
    return <p className="jp-GradLens-quiet">{trans.__('The output is a grid: choose a cell of it in the view.')}</p>;
  }
  if (!ranked || ranked.classes.length === 0) {
    return (
      <p className="jp-GradLens-quiet">
        {explained
          ? trans.__('The model’s output has no class axis.')
          : trans.__('The classes appear when the model has run.')}
      </p>
    );
  }
  if (ranked.kind === 'value') {
    return (
      <div className="jp-GradLens-classPanel jp-GradLens-classes">
        <ValueChoice value={ranked.classes[0]} />
        {explained && <TargetControls scores={ranked} explained={explained} channel={null} />}
      </div>
    );
  }
  const shown = explained && isClassTarget(explained.target) ? (explained.run.targets[0]?.index ?? null) : null;
  const areClasses = !isRegression(ranked.kind);
  return (
    <div className="jp-GradLens-classPanel">
      {areClasses && (
        <div className="jp-GradLens-search">
          <input
            type="search"
            className="jp-GradLens-input"
            aria-label={trans.__('Search classes')}
            placeholder={trans.__('Search classes')}
            title={trans.__('By name or number')}
            spellCheck={false}
            value={query}
            onChange={event => setQuery(event.target.value)}
          />
          <span className="jp-GradLens-quiet" role="status">
            {query.trim() === ''
              ? trans._n('%2 class', '%2 classes', ranked.classes.length, ranked.classes.length.toLocaleString())
              : trans.__('%1 of %2', found.length, ranked.classes.length)}
          </span>
        </div>
      )}
      {areClasses && (
        <div className="jp-GradLens-controlRow">
          <ScoreChoice />
          <RefusableButton
            refusal={refusal({ target: null })}
            className="jp-GradLens-button"
            disabled={wanted === null}
            title={trans.__('Explain whatever class scores highest')}
            onClick={() => session.update({ target: null })}
          >
            {trans.__('Highest')}
          </RefusableButton>
        </div>
      )}
      <ul className="jp-GradLens-classList" aria-label={areClasses ? trans.__('Classes') : trans.__('Outputs')}>
        {found.slice(0, LISTED).map(entry => (
          <ClassRow
            key={entry.index}
            entry={entry}
            areProbabilities={ranked.areProbabilities}
            isExplained={entry.index === shown}
            refusal={entry.index === shown ? undefined : refusal({ target: entry.index })}
            onPick={() => session.explain({ target: entry.index })}
          />
        ))}
      </ul>
      {found.length > LISTED && (
        <p className="jp-GradLens-quiet">{trans.__('and %1 more: search to find them', found.length - LISTED)}</p>
      )}
      {explained && <TargetControls scores={ranked} explained={explained} channel={null} />}
      {found.length === 0 && <p className="jp-GradLens-quiet">{trans.__('No class matches')}</p>}
    </div>
  );
}

function ClassRow(props: {
  entry: ClassScore;
  areProbabilities: boolean;
  isExplained: boolean;
  refusal: string | undefined;
  onPick: () => void;
}): React.ReactElement {
  const { entry, areProbabilities, isExplained, refusal, onPick } = props;
  const trans = useTrans();
  return (
    <li>
      <RefusableButton
        refusal={refusal}
        aria-pressed={isExplained}
        title={isExplained ? trans.__('Explained now') : trans.__('Explain %1', entry.label)}
        onClick={onPick}
      >
        <span className="jp-GradLens-classIndex">{entry.index}</span>
        <span className="jp-GradLens-className">{entry.label}</span>
        <span className="jp-GradLens-classScore">{scoreText(entry.score, areProbabilities)}</span>
      </RefusableButton>
    </li>
  );
}
