import * as React from 'react';

/** A labelled drop-down. */
export function Choice<T extends string>(props: {
  label: string;
  value: T;
  /** `refusal`: why one cannot be chosen. */
  options: readonly { value: T; label: string; refusal?: string }[];
  onChange: (value: T) => void;
  disabled?: boolean;
}): React.ReactElement {
  return (
    <label className="jp-GradLens-field">
      <span>{props.label}</span>
      <select
        className="jp-GradLens-input"
        value={props.value}
        disabled={props.disabled}
        onChange={event => props.onChange(event.target.value as T)}
      >
        {props.options.map(option => (
          <option
            key={option.value}
            value={option.value}
            disabled={option.refusal !== undefined && option.value !== props.value}
            title={option.refusal}
          >
            {option.label}
          </option>
        ))}
      </select>
    </label>
  );
}

/** A labelled slider from 0 to 1, shown in per cent. */
export function Share(props: {
  label: string;
  title?: string;
  value: number;
  onChange: (value: number) => void;
}): React.ReactElement {
  return (
    <label className="jp-GradLens-field" title={props.title}>
      <span>{props.label}</span>
      <input
        type="range"
        min={0}
        max={1}
        step={0.05}
        value={props.value}
        aria-valuetext={`${Math.round(100 * props.value)} %`}
        onChange={event => props.onChange(Number(event.target.value))}
      />
    </label>
  );
}

/** A labelled check box. */
export function Toggle(props: {
  label: string;
  title?: string;
  value: boolean;
  onChange: (value: boolean) => void;
}): React.ReactElement {
  return (
    <label className="jp-GradLens-field jp-GradLens-toggle" title={props.title}>
      <input type="checkbox" checked={props.value} onChange={event => props.onChange(event.target.checked)} />
      <span>{props.label}</span>
    </label>
  );
}
