/** Checks of each JupyterLab and Notebook, as a user works. Used by test-versions.mjs. */

/** Largest difference of a probability from Keras'. */
const TOLERANCE = 1e-4;

const until = async (holds, what) => {
  const deadline = Date.now() + 60_000;
  while (!(await holds())) {
    if (Date.now() > deadline) {
      throw new Error(`${what} within a minute.`);
    }
    await new Promise(resolve => setTimeout(resolve, 100));
  }
};

const seen = locator => locator.first().waitFor({ state: 'visible' });

/** The view has the map of the right class, and Keras' probability. */
async function isRight(view, names, { target, probabilities }) {
  await seen(view.getByRole('img', { name: `Grad-CAM of ${names[target]} at conv4` }));
  const top = await view.getByRole('group', { name: 'Top classes' }).getByRole('listitem').first().textContent();
  const shown = Number(/\d\.\d+$/.exec(top)?.[0]);
  if (!(Math.abs(shown - probabilities[target]) < TOLERANCE)) {
    throw new Error(`The view says “${top}”, and Keras ${probabilities[target]}.`);
  }
}

/** Its heatmap is drawn: the canvas has more than a few colours. */
async function isDrawn(view) {
  const colours = () =>
    view
      .getByRole('img', { name: /^Grad-CAM/ })
      .first()
      .evaluate(node => {
        const canvas = node.matches('canvas') ? node : node.querySelector('canvas');
        const all = [...(node.parentElement ?? node).querySelectorAll('canvas')].concat(canvas ?? []);
        return Math.max(
          ...all.map(one => {
            const copy = document.createElement('canvas');
            [copy.width, copy.height] = [64, 64];
            const ink = copy.getContext('2d');
            if (!ink) {
              return 0;
            }
            ink.drawImage(one, 0, 0, 64, 64);
            const { data } = ink.getImageData(0, 0, 64, 64);
            return new Set(new Uint32Array(data.buffer)).size;
          })
        );
      });
  await until(async () => (await colours()) > 20, 'The heatmap was not drawn');
}

async function runNotebook(page) {
  // Of a kernel that was replaced while it started; it can come at any time, and would lie over everything.
  const ended = page.getByRole('dialog').filter({ hasText: 'Kernel Terminating' }).getByRole('button');
  await page.addLocatorHandler(ended, button => button.click());
  await seen(page.locator('.jp-CodeCell'));
  // JupyterLab tells in its status bar when the kernel is ready, Notebook beside the kernel's name.
  const isLab = new URL(page.url()).pathname.startsWith('/lab');
  await seen(isLab ? page.getByText(/\| Idle$/) : page.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]'));
  const ran = page.locator('.jp-InputPrompt', { hasText: /\[\d+\]:/ }).first();
  // Asked to run while the kernel starts, JupyterLab asks which kernel to start, and runs nothing.
  const select = page.getByRole('dialog').getByRole('button', { name: /^Select/ });
  await until(async () => {
    if (await select.isVisible()) {
      await select.click();
      await select.waitFor({ state: 'hidden' });
    }
    await page.getByRole('menuitem', { name: 'Run', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Run All Cells', exact: true }).click();
    // Or nothing happens at all.
    await ran
      .or(select)
      .first()
      .waitFor({ timeout: 15_000 })
      .catch(() => undefined);
    return ran.isVisible();
  }, 'The cell did not run');
}

async function show({ page, expected }) {
  await runNotebook(page);
  const view = page.locator('.jp-GradLens-output').first();
  await isRight(view, ['no tank', 'tank'], expected);
  await isDrawn(view);
}

async function steer(page, view) {
  const tree = page.locator('.jp-GradLens-sidebar').getByRole('tree');
  await tree.getByRole('treeitem', { name: /^conv3/ }).click();
  await seen(view.getByRole('img', { name: 'Grad-CAM of tank at conv3' }));
  await tree.getByRole('treeitem', { name: /^conv4/ }).click();
  await seen(view.getByRole('img', { name: 'Grad-CAM of tank at conv4' }));
}

/** Gives a model's tab the test picture, and looks at what it says. */
async function explainPicture(page, expected) {
  const tab = page.locator('.jp-GradLens-opened');
  await seen(tab.getByRole('heading', { name: 'tank.keras' }));
  await page.getByRole('button', { name: 'From Jupyter’s files' }).click();
  const files = page.getByRole('region', { name: 'Pictures on the Jupyter server' });
  await files.getByRole('button', { name: '↑ parent folder' }).click();
  await files.getByRole('button', { name: 'data' }).click();
  await files.getByRole('button', { name: 'test_tank_grey.png' }).click();
  await isRight(tab, ['class 0', 'class 1'], expected);
}

const file = (page, name) => page.getByRole('listitem', { name: new RegExp(`Name: ${name.replace('.', '\\.')}`) });

async function chooseOpenWith(page) {
  await file(page, 'models').dblclick();
  await file(page, 'tank.keras').click({ button: 'right' });
  await page.locator('.lm-Menu-item', { hasText: 'Open With' }).hover();
  await page.locator('.lm-Menu-item[data-command="filebrowser:open"]', { hasText: 'GradLens' }).click();
}

async function openWith({ page, expected }) {
  await chooseOpenWith(page);
  await explainPicture(page, expected);
}

const showInLab = async all => {
  await all.page.goto(`${all.base}/lab/tree/show.ipynb?reset&token=${all.token}`);
  await show(all);
};

const sidebarTab = async ({ page }) => {
  await page.getByRole('tab', { name: /^GradLens: layers/ }).click();
  await steer(page, page.locator('.jp-GradLens-output').first());
};

/** What the notebook keeps, of the view that is shown. */
const kept = page =>
  page.evaluate(() => {
    for (const { context } of globalThis.jupyterapp.shell.widgets('main')) {
      const all = JSON.stringify(context?.model.toJSON() ?? '');
      if (all.includes('"results"')) {
        return { isDirty: context.model.dirty, all };
      }
    }
    return null;
  });

async function resultInPython({ page, expected }) {
  const [row, column] = expected.maps.conv4.peak;
  await page.locator('.jp-InputPrompt').first().click();
  // One that is there from the start would have JupyterLab ask for a kernel twice.
  await page.evaluate(() => globalThis.jupyterapp.commands.execute('notebook:insert-cell-below').then(() => undefined));
  const cell = page.locator('.jp-CodeCell').nth(1);
  const printed = cell.locator('.jp-OutputArea-output');
  await cell
    .locator('.cm-content')
    .fill(`r = view.result()\nprint(r.layer, r.map.max() / r.map[${row}, ${column}], r.map.max())`);
  await page.keyboard.press('Control+Enter');
  await seen(printed);
  const said = (await printed.innerText()).trim().split(' ');
  const { max } = expected.maps.conv4;
  if (said[0] !== 'conv4' || said[1] !== '1.0' || !(Math.abs(Number(said[2]) / max - 1) < TOLERANCE)) {
    throw new Error(`view.result() says “${said.join(' ')}”, and Keras’ peak is ${max}.`);
  }
}

async function keepsResults({ page, base, token, takeModel }) {
  await page.locator('.jp-CodeCell').first().click();
  await until(async () => (await kept(page)) !== null, 'Nothing was kept');
  await page.keyboard.press('Control+s');
  await until(async () => (await kept(page))?.isDirty === false, 'The notebook was not saved');
  await page.goto('about:blank');
  await takeModel(true);
  await page.goto(`${base}/lab/tree/show.ipynb?reset&token=${token}`);
  const view = page.locator('.jp-GradLens-output').first();
  await seen(view.getByText('as stored with the notebook'));
  await seen(view.getByRole('img', { name: 'Grad-CAM of tank at conv4' }));
  await isDrawn(view);
  await takeModel(false);
}

export const checks = {
  lab: {
    'show() draws the heatmap, with Keras’ probability': showInLab,
    'view.result() has Keras’ peak in Python': resultInPython,
    'the sidebar opens, lists layers and steers the view': sidebarTab,
    'what was found is there without the model': keepsResults,
    'Open With > GradLens, without a kernel': openWith
  },
  /** Without the plugins that test-versions.mjs calls optional. */
  bare: {
    'without optional services: show()': showInLab,
    'without optional services: the sidebar': sidebarTab,
    'without optional services: Open With': openWith
  },
  notebook: {
    'show() in the notebook page': async all => {
      await all.page.goto(`${all.base}/notebooks/show.ipynb?token=${all.token}`);
      await show(all);
    },
    'the right sidebar, from the View menu': async ({ page }) => {
      await page.getByRole('menuitem', { name: 'View', exact: true }).click();
      await page.locator('.lm-Menu-item[data-type="submenu"]', { hasText: 'GradLens' }).click();
      await page.locator('.lm-Menu-item', { hasText: 'Show the GradLens Sidebar' }).click();
      await steer(page, page.locator('.jp-GradLens-output').first());
    },
    'Open With > GradLens, from the tree page': async ({ page, base, expected }) => {
      await page.goto(`${base}/tree`);
      const [opened] = await Promise.all([page.context().waitForEvent('page'), chooseOpenWith(page)]);
      await explainPicture(opened, expected);
      await opened.close();
    },
    'Open in GradLens and a double click, from the tree page': async ({ page }) => {
      // The folder of the model is open from before.
      const opens = async act => {
        const [opened] = await Promise.all([page.context().waitForEvent('page'), act()]);
        await seen(opened.locator('.jp-GradLens-opened').getByRole('heading', { name: 'tank.keras' }));
        await opened.close();
      };
      await opens(async () => {
        await file(page, 'tank.keras').click({ button: 'right' });
        await page.locator('.lm-Menu-item', { hasText: 'Open in GradLens' }).click();
      });
      await opens(() => file(page, 'tank.keras').dblclick());
    }
  }
};
