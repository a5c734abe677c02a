import { Notification } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { translated } from '../messages/message';
import type { ModelController } from './model/model-controller';
import { describeProgress } from './progress/progress-text';

/** Milliseconds after which work that goes on out of sight is told of. */
const LONG = 5000;

/** Milliseconds between two changes of what a notification says. */
const PAUSE = 500;

/** Milliseconds for which it is told that work has ended. */
const CLOSE = 5000;

/** JupyterLab draws a notification some time after it is made: what is changed before then is lost, and it stays. */
const DRAWN = 1000;

/** Titles with an open notification: views that wait for one model share it. */
export class AnnouncedWork {
  readonly titles = new Set<string>();

  dispose(): void {
    this.titles.clear();
  }
}

export interface LongWorkOptions {
  title: string;
  /** True if the user can see the view itself, which tells all this too. */
  isSeen(): boolean;
  /** Brings the view into sight. */
  reveal(): void;
  trans: TranslationBundle;
  announced: AnnouncedWork;
}

/**
 * Tells of work that takes long while the user looks at something else: how far
 * it is, with a way to cancel it, and how it ended.
 *
 * @returns Ends this, to be called when the view is closed.
 */
export function announceLongWork(
  controller: ModelController,
  { title, isSeen, reveal, trans, announced }: LongWorkOptions
): () => void {
  let timer: number | null = null;
  let id: string | null = null;
  let told = 0;
  let made = 0;
  let since: number | null = null;
  const show = { label: trans.__('Show'), callback: reveal };

  const report = (): void => {
    const { busy } = controller.snapshot;
    if (!busy || Date.now() - told < PAUSE || (id === null && announced.titles.has(title))) {
      return;
    }
    announced.titles.add(title);
    told = Date.now();
    const message = `${title} · ${describeProgress(busy, trans)}`;
    const options = {
      progress: busy.total > 0 ? busy.done / busy.total : undefined,
      autoClose: false as const,
      actions: [show, { label: trans.__('Cancel'), callback: () => controller.cancel() }]
    };
    if (id === null) {
      made = told;
      id = Notification.emit(message, 'in-progress', options);
    } else {
      Notification.update({ id, message, ...options });
    }
  };

  /** Says how the work ended that a notification told of. */
  const ending = (ended: string): (() => void) => {
    const { problem, cancelled } = controller.snapshot;
    if (cancelled || isSeen() || controller.isDisposed) {
      return () => void Notification.dismiss(ended);
    }
    const end = { id: ended, progress: undefined, actions: [show] };
    return problem !== null
      ? () =>
          void Notification.update({
            ...end,
            message: `${title} · ${translated(problem, trans)}`,
            type: 'error',
            autoClose: false
          })
      : () =>
          void Notification.update({
            ...end,
            message: trans.__('%1 is ready.', title),
            type: 'success',
            autoClose: CLOSE
          });
  };

  const end = (): void => {
    since = null;
    if (timer !== null) {
      window.clearTimeout(timer);
      timer = null;
    }
    if (id === null) {
      return;
    }
    announced.titles.delete(title);
    window.setTimeout(ending(id), Math.max(0, made + DRAWN - Date.now()));
    id = null;
  };

  controller.changed.connect(() => {
    if (controller.snapshot.busy === null) {
      end();
      return;
    }
    since ??= Date.now();
    if (id !== null || (Date.now() - since >= LONG && !isSeen())) {
      report();
    } else {
      // Progress may come late, or never.
      timer ??= window.setTimeout(() => !isSeen() && report(), LONG);
    }
  });
  return end;
}
