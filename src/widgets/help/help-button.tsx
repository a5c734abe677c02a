import './help.css';
import * as React from 'react';
import type { MethodName } from '../../state/view-state';
import { useTrans } from '../shared/context';
import { Popover } from '../shared/popover';
import type { TopicName } from './topics';

type Text = React.ComponentType<{ topic: TopicName | MethodName }>;

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
      <Loaded topic={topic} />
      {note !== undefined && <p className="jp-GradLens-help">{note}</p>}
    </Popover>
  );
}

/** The texts come with the first “?” that is opened. */
function Loaded({ topic }: { topic: TopicName | MethodName }): React.ReactElement {
  const trans = useTrans();
  const [Text, setText] = React.useState<Text | null>(null);
  const [isLost, setLost] = React.useState(false);
  React.useEffect(() => {
    let isCurrent = true;
    import('./help-text').then(
      module => isCurrent && setText(() => module.default),
      () => isCurrent && setLost(true)
    );
    return () => {
      isCurrent = false;
    };
  }, []);
  return Text ? (
    <Text topic={topic} />
  ) : (
    <p className="jp-GradLens-note" role="status">
      {isLost ? trans.__('The explanation could not be loaded: close this, and open it again.') : '…'}
    </p>
  );
}
