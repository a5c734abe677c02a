import { commandsPlugin } from './plugins/commands';
import { mimePlugin } from './plugins/mime';
import { modelCachePlugin } from './plugins/model-cache';
import { openPlugin } from './plugins/open';
import { settingsPlugin } from './plugins/settings';
import { sidebarPlugin } from './plugins/sidebar';
import { takeAwayPlugin } from './plugins/take-away';

export default [
  settingsPlugin,
  mimePlugin,
  sidebarPlugin,
  commandsPlugin,
  openPlugin,
  takeAwayPlugin,
  modelCachePlugin
];
