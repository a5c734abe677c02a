import * as React from 'react';
import { Problem } from './problem';

/** Shows one sentence in place of a view that failed to draw; the notebook goes on. */
export class ErrorBoundary extends React.Component<React.PropsWithChildren, { message: string | null }> {
  static getDerivedStateFromError(error: unknown): { message: string } {
    return { message: error instanceof Error ? error.message : String(error) };
  }

  state = { message: null as string | null };

  render(): React.ReactNode {
    const { message } = this.state;
    return message === null ? (
      this.props.children
    ) : (
      <Problem message={message} onRetry={() => this.setState({ message: null })} />
    );
  }
}
