import * as React from 'react';

/** Characters at the end that stay, and how many more a text needs to be worth cutting. */
const TAIL = 16;

/**
 * A text on one line, which loses its middle where it does not fit: names of layers
 * and files are told apart by their ends. What is around it should have the whole
 * text as its `title`, and as its accessible name where it has a role.
 */
export function MiddleCut({ text, tail = TAIL }: { text: string; tail?: number }): React.ReactElement {
  const at = text.length > tail + 4 ? text.length - tail : text.length;
  return (
    <span className="jp-GradLens-name">
      <span>{text.slice(0, at)}</span>
      {at < text.length && <span>{text.slice(at)}</span>}
    </span>
  );
}
