/** The commands of GradLens, as the palette, menus, shortcuts and other extensions name them. */
export const CommandIDs = {
  showSidebar: 'gradlens:show-sidebar',
  searchLayers: 'gradlens:search-layers',
  nextLayer: 'gradlens:next-layer',
  previousLayer: 'gradlens:previous-layer',
  setLayer: 'gradlens:set-layer',
  setClass: 'gradlens:set-class',
  setMethod: 'gradlens:set-method',
  pinView: 'gradlens:pin-view',
  resetView: 'gradlens:reset-view',
  showSummary: 'gradlens:show-summary',
  showStructure: 'gradlens:show-structure',
  present: 'gradlens:present',
  showStory: 'gradlens:show-story',
  showTour: 'gradlens:show-tour',
  showKeys: 'gradlens:show-keys',
  copyPython: 'gradlens:copy-python',
  openFile: 'gradlens:open-file',
  explainImage: 'gradlens:explain-image',
  clearCache: 'gradlens:clear-cache',
  openDemo: 'gradlens:open-demo',
  openExamples: 'gradlens:open-examples'
} as const;

/** The name in “Open With” for model files, and the `factory` of `docmanager:open`. */
export const FACTORY = 'GradLens';
