/** The gallery's pictures: what its cells show, in Chromium, in light and dark. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CHROMIUM_ARGS, findChromium } from '../../headless/chromium.mjs';
import { jupyterBin, root, SetupError } from '../setup.mjs';

const WIDTH = 1000;
const THEMES = /** @type {const} */ (['light', 'dark']);

/** @param {string} folder @returns {{ pages: string[], here: string }} pages written by the gallery's cells, and where */
function writePages(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const name of ['models', 'pictures', 'shapes', 'training']) {
    cpSync(join(root, 'gradlens/lessons/files', name), join(folder, name), { recursive: true });
  }
  const args = [join(root, 'scripts/manual/gallery.py'), join(root, 'docs/gallery.md')];
  const { status, stdout, stderr } = spawnSync(jupyterBin('python'), args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) {
    throw new SetupError(`A cell of docs/gallery.md failed:\n${stderr}`);
  }
  return { pages: JSON.parse(stdout), here: folder };
}

/**
 * A view has settled when its colour bar, and so its map, is there, and it is no longer busy.
 *
 * @param {import('playwright').Page} page
 * @param {string} name
 */
async function settled(page, name) {
  const bar = page.getByRole('img', { name: /^Colour bar/ });
  const problem = page.getByRole('alert');
  await bar
    .or(problem)
    .first()
    .waitFor({ timeout: 120_000 })
    .catch(() => {
      throw new SetupError(`The view of ${name} shows no map within two minutes.`);
    });
  if ((await problem.count()) > 0) {
    throw new SetupError(`The view of ${name} shows a problem: ${await problem.first().innerText()}`);
  }
  await page.waitForFunction(() => document.querySelectorAll('[aria-busy="true"], progress').length === 0);
}

/** @param {string} folder where the pictures go: NAME-light.png and NAME-dark.png */
export async function makeGallery(folder) {
  const { pages, here } = writePages(join(root, '.work/manual/gallery'));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { chromium } = await import('playwright');
  const browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_ARGS });
  try {
    const context = await browser.newContext({ viewport: { width: WIDTH, height: 1200 }, deviceScaleFactor: 1.5 });
    for (const name of pages) {
      const page = await context.newPage();
      await page.goto(pathToFileURL(join(here, `${name}.html`)).href);
      await settled(page, name);
      for (const colorScheme of THEMES) {
        await page.emulateMedia({ colorScheme });
        const path = join(folder, `${name}-${colorScheme}.png`);
        await page.locator('.jp-GradLens-output').screenshot({ path });
      }
      await page.close();
    }
  } finally {
    await browser.close();
  }
}

/** @param {string} slug @param {string} about @returns {string} a picture in either theme, as MyST */
function pictureOf(slug, about) {
  const each = THEMES.map(
    theme =>
      `\`\`\`{image} gallery-images/${slug}-${theme}.png\n:alt: "${about}"\n:class: only-${theme}\n:width: ${WIDTH}px\n\`\`\`\n`
  );
  return each.join('\n');
}

/**
 * The first page, whose picture is the gallery's first: always the view as it is now.
 *
 * @param {string} text
 * @returns {string}
 */
export const withView = text =>
  text.replace(/^!\[(.*)\]\(images\/view\.png\)$/m, (_, about) =>
    pictureOf('the-network-that-learnt-the-weather', about)
  );

/**
 * The gallery's page with each cell's picture above the cell.
 *
 * @param {string} text
 * @returns {string}
 */
export function withPictures(text) {
  return text.replace(/^## (.*)\n\n([^\n]*)\n/gm, (_, heading, sentence) => {
    const slug = heading
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '');
    return `## ${heading}\n\n${sentence}\n\n${pictureOf(slug, `${heading}: the view that the cell below shows`)}`;
  });
}
