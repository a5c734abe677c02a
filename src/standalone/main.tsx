/**
 * Entry of pages without JupyterLab: one of its own, which `gradlens.export_html` writes, or one of
 * nbconvert, where each view has its place among the cells.
 */
import '../../style/index.css';
import './beside-views.css';
import { nullTranslator } from '@jupyterlab/translation/lib/base';
import * as React from 'react';
import { createRoot } from 'react-dom/client';
import { readKept } from '../mime/kept';
import { DATA_ID, type PageView, readPageData } from '../mime/page-data';
import { parsePayload } from '../mime/parse';
import { retainView } from '../session/retain-view';
import type { ViewServices } from '../session/services';
import { refusalText } from '../widgets/output/refusal-text';
import { whenSeen } from '../widgets/output/when-seen';
import { KeyCapture } from '../widgets/shared/key-capture';
import { reserveSpace } from '../widgets/shared/reserve-space';
import { PayloadView, ViewFrame } from '../widgets/view/view-frame';
import { PageFiles } from './page-files';
import { pageNote } from './page-note';
import { pageServices } from './page-services';
import { PageStore } from './page-store';

const trans = nullTranslator.load('gradlens');

function start(): void {
  const own = document.getElementById('gradlens-views');
  try {
    const data = readPageData(document.getElementById(DATA_ID)?.textContent ?? '');
    const services = pageServices(new PageFiles(data.files, document));
    services.page.get(KeyCapture);
    const outputs = data.views.map(view => outputOf(view, services));
    own?.replaceChildren(...outputs);
    if (!own) {
      outputs.forEach((output, index) => placeAmongCells(output, index));
    }
    const note = document.getElementById('gradlens-note');
    if (note) {
      note.textContent = pageNote(data, trans);
    }
  } catch (error) {
    own?.replaceChildren(refusalText(error, trans));
  }
}

/** In place of the picture that a reader without scripts sees. */
function placeAmongCells(output: HTMLElement, index: number): void {
  const place = document.querySelector(`[data-gradlens-view="${index}"]`);
  // Styles of texts in cells are not for views, which have their own.
  place?.closest('.jp-RenderedHTMLCommon')?.classList.remove('jp-RenderedHTMLCommon', 'jp-RenderedHTML');
  place?.replaceChildren(output);
}

/** An output as a notebook has it: it becomes live when it is first seen. */
function outputOf(page: PageView, services: ViewServices): HTMLElement {
  const output = document.createElement('div');
  output.className = 'jp-GradLens-output';
  try {
    const payload = parsePayload(page.payload);
    reserveSpace(output, payload);
    const preview = previewOf(page);
    output.append(preview);
    whenSeen(output, () => {
      const node = document.createElement('div');
      node.className = 'jp-GradLens-viewWidget';
      preview.replaceWith(node);
      const view = retainView(payload, null, services, node, new PageStore(page));
      const use = (): void => services.tracker.use(view);
      node.addEventListener('focusin', use);
      node.addEventListener('pointerdown', use);
      createRoot(node).render(
        <ViewFrame view={view} services={services}>
          <PayloadView payload={payload} view={view} />
        </ViewFrame>
      );
    });
  } catch (error) {
    output.replaceChildren(refusalText(error, trans));
  }
  return output;
}

/** The picture, where the live view will have it. */
function previewOf(page: PageView): HTMLElement {
  const preview = document.createElement('div');
  preview.className = 'jp-GradLens-preview jp-mod-loading';
  if (page.picture !== undefined) {
    const image = document.createElement('img');
    image.src = `data:image/png;base64,${page.picture}`;
    image.alt = readKept(page.metadata).picture?.title ?? trans.__('Input of the view');
    preview.append(image);
  }
  return preview;
}

start();
