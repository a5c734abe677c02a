import * as React from 'react';
import { useTrans } from '../shared/context';
import { Choice } from '../shared/fields';
import type { GroupName } from './groups';

/** A group, and the text that its images have in the name. */
export interface Chosen {
  group: GroupName;
  text: string;
}

/** Chooses a group of images. */
export function GroupChoice(props: {
  label: string;
  value: Chosen;
  options: readonly { value: GroupName; label: string }[];
  onChange: (value: Chosen) => void;
}): React.ReactElement {
  const { label, value, options, onChange } = props;
  const trans = useTrans();
  const known = options.some(option => option.value === value.group) ? value.group : options[0].value;
  return (
    <>
      <Choice<GroupName>
        label={label}
        value={known}
        options={options}
        onChange={group => onChange({ ...value, group })}
      />
      {known === 'named' && (
        <label className="jp-GradLens-field">
          <span>{trans.__('%1: text in the name', label)}</span>
          <input
            className="jp-GradLens-input"
            value={value.text}
            onChange={event => onChange({ ...value, text: event.target.value })}
          />
        </label>
      )}
    </>
  );
}
