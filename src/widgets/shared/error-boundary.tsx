import * as React from 'react';
import { type Message, messageOf } from '../../messages/message';
import { Problem } from './problem';

/** Shows one sentence in place of a view that failed to draw; the notebook goes on. */
export class ErrorBoundary extends React.Component<React.PropsWithChildren, { message: Message | null }> {
  static getDerivedStateFromError(error: unknown): { message: Message } {
    return { message: messageOf(error) };
  }

  state = { message: null as Message | null };

  render(): React.ReactNode {
    const { message } = this.state;
    return message === null ? (
      this.props.children
    ) : (
      <Problem message={message} onRetry={() => this.setState({ message: null })} />
    );
  }
}
