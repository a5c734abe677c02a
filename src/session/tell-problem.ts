import { Notification } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { messageOf, translated } from '../messages/message';

/** Tells what went wrong where no view has a place for it. */
export const tellProblem = (error: unknown, trans: TranslationBundle): void =>
  void Notification.error(translated(messageOf(error), trans));
