/** The check of each property of a view. Generated from src/state/vocabulary.json by `npm run vocabulary`; do not edit. */
import { CONVENTION_NAMES, METHOD_NAMES, SCORE_KINDS } from '../explain/vocabulary';
import {
  CHANNEL_ORDERS,
  COLORMAP_CHOICES,
  IMAGE_ORDERS,
  LINK_SCOPES,
  OFF_BYS,
  OPACITY_RULES,
  OVERLAY_MODES,
  RANGE_SCOPES,
  SCALE_NAMES,
  type StoredName
} from '../state/vocabulary';

export interface PropertyCheck {
  kind:
    | 'flag'
    | 'flag-or-auto'
    | 'share'
    | 'count'
    | 'index'
    | 'index?'
    | 'name?'
    | 'text?'
    | 'words'
    | 'words?'
    | 'indices'
    | 'channels'
    | 'viewport'
    | 'target?'
    | 'reading?'
    | 'range'
    | 'region?'
    | 'place?'
    | 'links';
  words?: readonly string[];
  most?: number;
}

export const PROPERTY_CHECKS: Readonly<Record<StoredName, PropertyCheck>> = {
  viewport: { kind: 'viewport' },
  image: { kind: 'index' },
  imageOrder: { kind: 'words', words: IMAGE_ORDERS },
  model: { kind: 'index' },
  slice: { kind: 'index?' },
  layer: { kind: 'name?' },
  method: { kind: 'words', words: METHOD_NAMES },
  target: { kind: 'target?' },
  score: { kind: 'words', words: SCORE_KINDS },
  output: { kind: 'text?' },
  outputAs: { kind: 'reading?' },
  convention: { kind: 'words?', words: CONVENTION_NAMES },
  channel: { kind: 'index?' },
  colormap: { kind: 'words', words: COLORMAP_CHOICES },
  reversed: { kind: 'flag' },
  range: { kind: 'range' },
  scope: { kind: 'words', words: RANGE_SCOPES },
  oneRange: { kind: 'flag' },
  scale: { kind: 'words', words: SCALE_NAMES },
  clip: { kind: 'flag' },
  opacity: { kind: 'share' },
  opacityRule: { kind: 'words', words: OPACITY_RULES },
  threshold: { kind: 'share' },
  contours: { kind: 'count', most: 20 },
  overlay: { kind: 'words', words: OVERLAY_MODES },
  divider: { kind: 'share' },
  smooth: { kind: 'flag-or-auto' },
  receptiveField: { kind: 'flag' },
  region: { kind: 'region?' },
  probe: { kind: 'place?' },
  order: { kind: 'words', words: CHANNEL_ORDERS },
  hideDead: { kind: 'flag' },
  pinned: { kind: 'indices' },
  channelsOff: { kind: 'channels' },
  offBy: { kind: 'words', words: OFF_BYS },
  linkScope: { kind: 'words', words: LINK_SCOPES },
  links: { kind: 'links' },
  linkByName: { kind: 'flag' }
};
