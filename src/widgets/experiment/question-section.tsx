import * as React from 'react';
import { useTrans } from '../shared/context';

/** A question below the view that a button opens: it comes into sight, and closes by its own button. */
export function QuestionSection(props: {
  /** Its name for screen readers. */
  label: string;
  title: string;
  className: string;
  isBusy: boolean;
  onClose: () => void;
  children: React.ReactNode;
}): React.ReactElement {
  const { label, title, className, isBusy, onClose, children } = props;
  const trans = useTrans();
  const section = React.useRef<HTMLElement>(null);
  React.useEffect(() => {
    section.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <section
      ref={section}
      role="group"
      className={`jp-GradLens-experiment ${className}`}
      aria-label={label}
      aria-busy={isBusy}
    >
      <div className="jp-GradLens-caption">
        <h3>{title}</h3>
        <button type="button" className="jp-GradLens-button" onClick={onClose}>
          {trans.__('Close')}
        </button>
      </div>
      {children}
    </section>
  );
}
