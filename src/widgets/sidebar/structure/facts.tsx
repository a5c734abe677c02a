import './layer-look.css';
import * as React from 'react';

/** Facts about a layer in one line: as many as there is room for, each of them whole. */
export function Facts({ facts }: { facts: readonly string[] }): React.ReactElement {
  return (
    <span className="jp-GradLens-rowFacts">
      {facts.map((fact, i) => (
        <span key={i}>{i === 0 ? fact : ` · ${fact}`}</span>
      ))}
    </span>
  );
}
