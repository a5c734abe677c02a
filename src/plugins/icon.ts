import { LabIcon } from '@jupyterlab/ui-components';

/** A lens over cells of different heat. */
export const lensIcon = new LabIcon({
  name: 'gradlens:lens',
  svgstr: `<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24">
  <g class="jp-icon3" fill="#616161">
    <path d="M10 2a8 8 0 1 0 4.9 14.3l5.4 5.4 1.4-1.4-5.4-5.4A8 8 0 0 0 10 2m0 2a6 6 0 1 1 0 12 6 6 0 0 1 0-12"/>
    <path d="M7 7h2.6v2.6H7z" opacity=".45"/><path d="M10.4 7H13v2.6h-2.6z"/><path d="M7 10.4h2.6V13H7z" opacity=".75"/><path d="M10.4 10.4H13V13h-2.6z" opacity=".25"/>
  </g>
</svg>`
});
