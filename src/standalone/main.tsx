/** Entry of the page that `gradlens.export_html` writes: the views of JupyterLab, without JupyterLab. */
import '../../style/index.css';
import './theme.css';
import './page.css';
import { nullTranslator } from '@jupyterlab/translation/lib/base';
import * as React from 'react';
import { createRoot } from 'react-dom/client';
import { message, messageOf, translated } from '../messages/message';
import { parsePayload } from '../mime/parse';
import { retainView } from '../session/live-views';
import type { ViewServices } from '../session/services';
import { KeyCapture } from '../widgets/shared/key-capture';
import { reserveSpace } from '../widgets/shared/reserve-space';
import { PayloadView, ViewFrame } from '../widgets/view/view-frame';
import { DATA_ID, type PageView, readPageData } from './page-data';
import { PageFiles } from './page-files';
import { pageNote } from './page-note';
import { pageServices } from './page-services';
import { PageStore } from './page-store';

const trans = nullTranslator.load('gradlens');

function start(): void {
  const place = document.getElementById('gradlens-views');
  if (!place) {
    return;
  }
  try {
    const data = readPageData(document.getElementById(DATA_ID)?.textContent ?? '');
    const services = pageServices(new PageFiles(data.files, document));
    services.page.get(KeyCapture);
    place.replaceChildren(...data.views.map(view => outputOf(view, services)));
    const note = document.getElementById('gradlens-note');
    if (note) {
      note.textContent = pageNote(data, trans);
    }
  } catch (error) {
    place.replaceChildren(problemOf(error));
  }
}

/** An output as a notebook has it: it becomes live when it is first seen. */
function outputOf(page: PageView, services: ViewServices): HTMLElement {
  const output = document.createElement('div');
  output.className = 'jp-GradLens-output';
  try {
    const payload = parsePayload(page.payload);
    reserveSpace(output, payload);
    const node = document.createElement('div');
    node.className = 'jp-GradLens-viewWidget';
    output.append(node);
    whenSeen(output, () => {
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
    output.replaceChildren(problemOf(error));
  }
  return output;
}

function whenSeen(element: HTMLElement, then: () => void): void {
  const observer = new IntersectionObserver(
    entries => {
      if (entries.some(entry => entry.isIntersecting)) {
        observer.disconnect();
        then();
      }
    },
    { rootMargin: '200px' }
  );
  observer.observe(element);
}

function problemOf(error: unknown): HTMLElement {
  const text = document.createElement('p');
  text.className = 'jp-GradLens-problem';
  text.setAttribute('role', 'alert');
  text.textContent = translated(message('GradLens cannot show this output: %1.', messageOf(error)), trans);
  return text;
}

start();
