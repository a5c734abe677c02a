import './tour.css';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import * as React from 'react';
import { createRoot } from 'react-dom/client';
import type { ViewHandle } from '../../session/view-tracker';
import { Hint } from './hint';
import { rememberTour } from './tour-seen';
import { type Stop, tourStops } from './tour-stops';

/** Of jupyterlab-tour, another extension, where it is installed. */
const ADD = 'jupyterlab-tour:add';
const LAUNCH = 'jupyterlab-tour:launch';
const ID = 'gradlens:tour';

/** Marks the view that the tour is of, for selectors that hold in all of the page. */
const MARK = 'data-gradlens-toured';

/** Leads through a view: by jupyterlab-tour where that is installed, else by hints of our own. */
export async function tour(view: ViewHandle, commands: CommandRegistry, trans: TranslationBundle): Promise<void> {
  const node = view.nodes[view.nodes.length - 1] as HTMLElement | undefined;
  document.querySelectorAll(`[${MARK}]`).forEach(other => other.removeAttribute(MARK));
  node?.setAttribute(MARK, '');
  const stops = tourStops(trans)
    .map(stop => (stop.isInView ? { ...stop, target: `[${MARK}] ${stop.target}` } : stop))
    .filter(({ target }) => isThere(target));
  if (commands.hasCommand(ADD) && commands.hasCommand(LAUNCH)) {
    await launch(commands, stops, trans);
    rememberTour();
  } else {
    await hints(stops, trans);
  }
}

const isThere = (target: string): boolean => document.querySelector(target)?.checkVisibility() === true;

/** Ends the tour under way. */
let endShown: (() => void) | null = null;

let isAdded = false;

async function launch(commands: CommandRegistry, stops: readonly Stop[], trans: TranslationBundle): Promise<void> {
  if (!isAdded) {
    const steps = stops.map(({ target, title, text }) => ({ target, title, content: text, placement: 'auto' }));
    await commands.execute(ADD, { tour: { id: ID, label: trans.__('GradLens'), hasHelpEntry: false, steps } });
    isAdded = true;
  }
  await commands.execute(LAUNCH, { id: ID, force: true });
}

/** Shows the hints one after the other; resolves when the tour is at its end. */
function hints(stops: readonly Stop[], trans: TranslationBundle): Promise<void> {
  endShown?.();
  const before = document.activeElement;
  const place = document.createElement('div');
  document.body.append(place);
  const root = createRoot(place);
  return new Promise(resolve => {
    const end = (): void => {
      endShown = null;
      root.unmount();
      place.remove();
      rememberTour();
      if (before instanceof HTMLElement) {
        before.focus();
      }
      resolve();
    };
    endShown = end;
    const go = (at: number): void => {
      if (at < 0 || at >= stops.length) {
        end();
      } else {
        root.render(
          <Hint
            key={at}
            stop={stops[at]}
            at={at}
            count={stops.length}
            trans={trans}
            onGo={by => go(at + by)}
            onEnd={end}
          />
        );
      }
    };
    go(0);
  });
}
