/** The rows that were measured, one a line in results.json, and the document made of them. */
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { documentOf } from './conformance-page.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const RESULTS = join(here, 'results.json');
const DOCUMENT = join(here, '../../docs/conformance.md');

export async function readRows() {
  return JSON.parse(await readFile(RESULTS, 'utf8').catch(() => '[]'));
}

/** Puts a row in the place of an earlier one of the same model and backend. */
export function addRow(rows, row) {
  const place = rows.findIndex(({ model, backend }) => model === row.model && backend === row.backend);
  rows.splice(place < 0 ? rows.length : place, place < 0 ? 0 : 1, row);
}

export async function writeRows(rows) {
  const round = (_, value) =>
    typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(3)) : value;
  await writeFile(RESULTS, `[\n${rows.map(row => JSON.stringify(row, round)).join(',\n')}\n]\n`);
}

/** `folders`: all that there is, so that what is missing can be said. */
export async function writeDocument(rows, folders) {
  await writeFile(DOCUMENT, await documentOf(rows, folders));
}
