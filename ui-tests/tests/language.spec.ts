import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { galata, type IJupyterLabPageFixture } from '@jupyterlab/galata';
import type { Locator } from '@playwright/test';
import { expect, openNotebook, refresh, test, writeNotebook } from './fixtures';

const translation = '@jupyterlab/translation-extension:plugin';
test.use({ mockSettings: { ...galata.DEFAULT_SETTINGS, [translation]: { locale: 'xx_XX' } } });

/** A language pack of a language that marks every text: «…». Made of the catalogue that translators get. */
function languagePack(): Record<string, string[] | Record<string, string>> {
  const catalogue = readFileSync(join(__dirname, '..', '..', 'locale', 'gradlens.pot'), 'utf8');
  const pack: Record<string, string[] | Record<string, string>> = {
    '': { domain: 'gradlens', language: 'xx-XX', plural_forms: 'nplurals=2; plural=(n != 1);' }
  };
  for (const entry of catalogue.split('\n\n')) {
    const texts = [...entry.matchAll(/^msgid(?:_plural)? (".*")$/gm)].map(([, text]) => JSON.parse(text) as string);
    if (texts[0]) {
      pack[texts[0]] = texts.map(text => `«${text}»`);
    }
  }
  return pack;
}

const LAYERS = 'picture|rescaling|conv[1-4]|pool[1-3]|average|classes';
const TYPES = 'InputLayer|Rescaling|Conv2D|MaxPooling2D|GlobalAveragePooling2D|Dense';

/**
 * Not for translation: names and numbers of models, layers, classes, methods and backends, Python code, JupyterLab's own texts.
 */
const DATA = [
  /^[\d.,:;·×x()/%+\-−–—\s…▾▸↑×⤢⋯?]*$/u,
  /^[\w./-]+\.(keras|h5|png|ipynb)$/,
  new RegExp(`^(${LAYERS})?\\s?(${TYPES}|[\\d×]+)?$`),
  /^(no tank|tank)( [\d.]+)?$/,
  /^(Grad-CAM(\+\+)?|HiResCAM|Layer-CAM|XGrad-CAM|Eigen-CAM|Score-CAM|Saliency|Input x gradient|Guided backpropagation|Guided Grad-CAM|Integrated gradients|SmoothGrad|Occlusion)$/,
  /^(WebGL|WASM|CPU)$/,
  /^(tf-keras-vis|pytorch-grad-cam|captum|keras-io)$/,
  /^(viridis|inferno|magma|cividis|turbo|jet|coolwarm|RdBu|gray|1:1|PNG|SVG|CSV|\.npy)$/,
  /^[\d.]+ (B|kB|MB)$/,
  /^import gradlens/,
  /^(side panel content|Section)$/
];

/** Texts and names of controls in a part of the page that are neither marked nor data. */
async function unmarked(part: Locator): Promise<string[]> {
  const texts = await part.evaluate(root => {
    const found: string[] = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node: Node | null = root; node; node = walker.nextNode()) {
      if (node instanceof Element) {
        found.push(
          ...['aria-label', 'title', 'placeholder', 'alt', 'aria-valuetext'].map(name => node.getAttribute(name) ?? '')
        );
        // Cut in the middle, a text is in two parts.
        if (node.classList.contains('jp-GradLens-name')) {
          found.push(node.textContent ?? '');
        }
      } else if (
        !(node.parentElement instanceof HTMLStyleElement) &&
        !node.parentElement?.closest('.jp-GradLens-name')
      ) {
        found.push(node.textContent ?? '');
      }
    }
    return found;
  });
  // Without what is marked, the rest of a text is data or nothing.
  const rest = texts.map(text => {
    let plain = text;
    for (let before = ''; before !== plain;) {
      before = plain;
      plain = plain.replace(/«[^«»]*»/g, '');
    }
    return plain.trim();
  });
  return [
    ...new Set(
      rest.flatMap(text => text.split(/\s*[·\n]\s*/)).filter(text => !DATA.some(pattern => pattern.test(text)))
    )
  ];
}

async function runAllInXX(page: IJupyterLabPageFixture): Promise<void> {
  await page.evaluate(() => window.jupyterapp.commands.execute('notebook:run-all-cells'));
}

test('in another language nothing stays in English: a view, the sidebar, and errors of each kind', async ({ page }) => {
  await page.route(/\/api\/translations\/xx_XX/, route =>
    route.fulfill({ json: { data: { gradlens: languagePack() }, message: '' } })
  );
  writeNotebook(
    'language.ipynb',
    'import gradlens, numpy',
    'gradlens.show("models/tank.keras", "data/test_tank_grey.png", labels=["no tank", "tank"])',
    // Of the readers, of the engine, of the delivery, of the state, and a notice about layers that cannot run.
    'gradlens.show("data/bad/text.h5", "data/test_tank_grey.png")',
    'gradlens.show("models/tank.keras", numpy.zeros((1, 64, 64, 3), "float32"))',
    'import os, shutil; shutil.copy("models/tank.keras", "models/gone.keras"); gradlens.show("models/gone.keras", "data/test_tank_grey.png"); os.remove("models/gone.keras")',
    'gradlens.show("models/tank.keras", "data/test_tank_grey.png", target={"layer": "nowhere", "channel": 0})'
  );
  await page.reload({ waitForIsReady: false } as never);
  await page.locator('#jupyterlab-splash').waitFor({ state: 'detached' });
  await refresh(page);
  await openNotebook(page, 'language.ipynb');
  await runAllInXX(page);
  const views = page.locator('.jp-GradLens-output');

  await test.step('a view', async () => {
    const first = views.nth(0);
    await expect(first.getByRole('group', { name: '«Top classes»' })).toBeVisible();
    expect(await unmarked(first)).toEqual([]);
  });

  await test.step('the sidebar', async () => {
    await page.evaluate(() => window.jupyterapp.commands.execute('gradlens:show-sidebar'));
    const sidebar = page.locator('.jp-GradLens-sidebar');
    await views.nth(0).getByRole('heading', { name: 'tank.keras' }).click();
    await expect(sidebar.getByRole('tree')).toBeVisible();
    expect(await unmarked(sidebar)).toEqual([]);
  });

  await test.step('errors', async () => {
    const count = await views.count();
    expect(count).toBeGreaterThan(3);
    for (let i = 1; i < count; i++) {
      await views.nth(i).scrollIntoViewIfNeeded();
      const alert = views.nth(i).getByRole('alert');
      await expect(alert).toContainText('«');
      expect(await unmarked(alert)).toEqual([]);
    }
  });
});
