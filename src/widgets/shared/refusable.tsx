import * as React from 'react';

/** A button that, where it cannot be used, says why instead: to the pointer, and to those who reach it by keys. */
export function RefusableButton({
  refusal,
  title,
  onClick,
  children,
  ...rest
}: React.ButtonHTMLAttributes<HTMLButtonElement> & {
  /** Why it cannot be used; undefined if it can. */
  refusal: string | undefined;
}): React.ReactElement {
  return (
    <button
      type="button"
      {...rest}
      title={refusal ?? title}
      aria-disabled={refusal !== undefined || undefined}
      onClick={refusal === undefined ? onClick : undefined}
    >
      {children}
    </button>
  );
}
