import { commandsPlugin } from './plugins/commands';
import { demoPlugin } from './plugins/demo';
import { exportPlugin } from './plugins/export-commands';
import { mimePlugin } from './plugins/mime';
import { modelCachePlugin } from './plugins/model-cache';
import { openPlugin } from './plugins/open';
import { settingsPlugin } from './plugins/settings';
import { sidebarPlugin } from './plugins/sidebar';

export default [
  settingsPlugin,
  mimePlugin,
  sidebarPlugin,
  commandsPlugin,
  openPlugin,
  exportPlugin,
  modelCachePlugin,
  demoPlugin
];
