import type { TranslationBundle } from '@jupyterlab/translation';

/** A place that the tour stops at, and what it says there. */
export interface Stop {
  /** CSS selector; `view` says that it is looked for in the view alone. */
  target: string;
  isInView: boolean;
  title: string;
  text: string;
}

/** The tour's stops, those of the sidebar last. Where a view lacks what a stop is about, it is left out. */
export const tourStops = (trans: TranslationBundle): Stop[] => [
  {
    target: '.jp-GradLens-main .jp-GradLens-canvas',
    isInView: true,
    title: trans.__('The heatmap'),
    text: trans.__(
      'It is drawn over the picture. Point at a cell for its value, click it to take it apart, and zoom with Ctrl and the wheel.'
    )
  },
  {
    target: '.jp-GradLens-toolbar .jp-GradLens-withHelp:nth-child(1)',
    isInView: true,
    title: trans.__('The layer'),
    text: trans.__('Early layers see edges, late ones see parts of things. Alt and Page Down go to the next one.')
  },
  {
    target: '.jp-GradLens-toolbar .jp-GradLens-withHelp:nth-child(2)',
    isInView: true,
    title: trans.__('The method'),
    text: trans.__('Methods answer different questions, and they disagree. “?” says what each computes.')
  },
  {
    target: '.jp-GradLens-classes',
    isInView: true,
    title: trans.__('The classes'),
    text: trans.__('Choose another class to see what speaks for it in the same picture.')
  },
  {
    target: '.jp-GradLens-maps',
    isInView: true,
    title: trans.__('The feature maps'),
    text: trans.__('What each channel of the layer found. Click one to enlarge it.')
  },
  {
    target: '.jp-GradLens-tools',
    isInView: true,
    title: trans.__('Measure, cover, change'),
    text: trans.__('Measure a region, or cover a part of the picture and see whether the score falls.')
  },
  {
    target: '.jp-GradLens-storyButton',
    isInView: true,
    title: trans.__('Story and presentation'),
    text: trans.__('Record what you found step by step, and tell it to a class, large on the screen.')
  },
  {
    target: '#gradlens-sidebar',
    isInView: false,
    title: trans.__('The sidebar'),
    text: trans.__('All layers of the view in use, its classes and its controls. It follows the view that you turn to.')
  }
];
