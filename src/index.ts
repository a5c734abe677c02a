import { mimePlugin } from './plugins/mime';
import { openPlugin } from './plugins/open';
import { settingsPlugin } from './plugins/settings';
import { sidebarPlugin } from './plugins/sidebar';

export default [settingsPlugin, mimePlugin, sidebarPlugin, openPlugin];
