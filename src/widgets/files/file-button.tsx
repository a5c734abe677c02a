import * as React from 'react';

/** A button that lets one choose files of this computer. */
export function FileButton(
  props: React.PropsWithChildren<{
    /** What the field for the files is called. */
    name: string;
    /** As the `accept` of a field for files. */
    accept: string;
    multiple?: boolean;
    title?: string;
    onFiles: (files: readonly File[]) => void;
  }>
): React.ReactElement {
  const { name, accept, multiple, title, onFiles, children } = props;
  const field = React.useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" className="jp-GradLens-button" title={title} onClick={() => field.current?.click()}>
        {children}
      </button>
      <input
        ref={field}
        type="file"
        accept={accept}
        multiple={multiple}
        hidden
        aria-label={name}
        onChange={event => {
          onFiles([...(event.target.files ?? [])]);
          // The same file may be chosen again.
          event.target.value = '';
        }}
      />
    </>
  );
}
