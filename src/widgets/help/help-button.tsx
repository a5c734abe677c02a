import './help.css';
import * as React from 'react';
import type { MethodName } from '../../state/view-state';
import { later } from '../shared/later';
import { Popover } from '../shared/popover';
import type { TopicName } from './topics';

// The texts come with the first “?” that is opened.
const HelpText = later(async () => (await import('./help-text')).HelpText);

/** A “?” beside a control, which explains it. */
export function HelpButton(props: {
  topic: TopicName | MethodName;
  label: string;
  /** What is to be said of it here. */
  note?: string;
}): React.ReactElement {
  const { topic, label, note } = props;
  return (
    <Popover label={label} face="?" title={label}>
      <HelpText topic={topic} />
      {note !== undefined && <p className="jp-GradLens-help">{note}</p>}
    </Popover>
  );
}
