import { mimePlugin } from './plugins/mime';
import { settingsPlugin } from './plugins/settings';
import { sidebarPlugin } from './plugins/sidebar';

export default [settingsPlugin, mimePlugin, sidebarPlugin];
