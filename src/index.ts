import { mimePlugin } from './plugins/mime';

export default [mimePlugin];
