import { mimePlugin } from './plugins/mime';
import { settingsPlugin } from './plugins/settings';

export default [settingsPlugin, mimePlugin];
