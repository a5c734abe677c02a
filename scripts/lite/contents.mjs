/** What lies in the site without a server: the demo, the lessons, and what differs there. */
import { copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../setup.mjs';

const LESSONS = join(root, 'gradlens/lessons/files');
const KERNEL = { name: 'python', display_name: 'Python (Pyodide)', language: 'python' };

/** In place of a lesson's imports: the kernel in the browser lacks these two, and most of a lesson does without. */
const IMPORTS = new Map([
  ['import numpy as np', 'numpy'],
  ['from PIL import Image', 'Pillow']
]);

/** @typedef {{ cell_type: string, source: string[], outputs?: unknown[] }} Cell */
/** @typedef {{ cells: Cell[], metadata: object }} Notebook */

/** @param {string} text @returns {string[]} as notebooks hold it */
const lines = text => text.split(/(?<=\n)/);

/** @param {string} path @returns {Notebook} */
const readNotebook = path => JSON.parse(readFileSync(path, 'utf8'));

/**
 * A notebook for the kernel in the browser, without outputs.
 *
 * @param {Notebook} notebook
 * @returns {Notebook}
 */
export function forBrowser(notebook) {
  const cells = notebook.cells.map(cell => ({
    ...cell,
    ...('outputs' in cell ? { outputs: [] } : {}),
    source: lines(cell.cell_type === 'code' ? guarded(cell.source.join('')) : cell.source.join(''))
  }));
  return { ...notebook, cells, metadata: { ...notebook.metadata, kernelspec: KERNEL } };
}

/** @param {string} code @returns {string} with imports that say what is missing, and go on */
function guarded(code) {
  const imports = [...IMPORTS.keys()].filter(line => code.split('\n').includes(line));
  if (imports.length === 0) {
    return code;
  }
  const others = code
    .split('\n')
    .filter(line => !imports.includes(line))
    .join('\n')
    .trim();
  const names = imports.map(line => IMPORTS.get(line)).join(' and ');
  const them = imports.length > 1 ? 'them' : 'it';
  const tried = imports.map(line => `    ${line}\n`).join('');
  return `try:\n${tried}except ImportError:\n    print("Without ${names}: cells that need ${them} fail here. See what-differs-here.ipynb.")\n\n${others}`;
}

/** @returns {Notebook} the manual's section of that name */
export function whatDiffers() {
  const text = readFileSync(join(root, 'docs/lite.md'), 'utf8').split('## What differs\n')[1].trim();
  const source = lines(
    `# What differs here\n\nThis is JupyterLab and Python in your browser, without a server.\n\n${text}`
  );
  const cell = { cell_type: 'markdown', id: 'differs', metadata: {}, source };
  return /** @type {Notebook} */ ({ cells: [cell], metadata: { kernelspec: KERNEL }, nbformat: 4, nbformat_minor: 5 });
}

/** @param {string} path @param {Notebook} notebook */
const write = (path, notebook) => writeFileSync(path, JSON.stringify(notebook, null, 1));

/** The demo, up to where it needs the large model and numpy. */
function demo() {
  const notebook = readNotebook(join(root, 'examples/demo.ipynb'));
  const end = notebook.cells.findIndex(({ source }) => source.join('').startsWith('## A big network'));
  return forBrowser({ ...notebook, cells: notebook.cells.slice(0, end) });
}

/** @param {string} folder */
export function writeContents(folder) {
  for (const name of ['data', 'models', 'lessons']) {
    mkdirSync(join(folder, name), { recursive: true });
  }
  copyFileSync(join(root, 'examples/models/tank.keras'), join(folder, 'models/tank.keras'));
  const pictures = readdirSync(join(root, 'examples/data')).filter(name =>
    /^(?:test_|training_).*\.png$|^flower\.jpg$/.test(name)
  );
  for (const name of pictures) {
    copyFileSync(join(root, 'examples/data', name), join(folder, 'data', name));
  }
  write(join(folder, 'demo.ipynb'), demo());
  write(join(folder, 'what-differs-here.ipynb'), whatDiffers());
  for (const name of readdirSync(LESSONS)) {
    const to = join(folder, 'lessons', name);
    if (name.endsWith('.ipynb')) {
      write(to, forBrowser(readNotebook(join(LESSONS, name))));
    } else {
      cpSync(join(LESSONS, name), to, { recursive: true });
    }
  }
}
