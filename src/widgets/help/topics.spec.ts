import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { english } from '../../messages/message';
import { METHOD_LABELS } from '../../state/methods';
import type { MethodName } from '../../state/view-state';
import { METHOD_TOPICS, type Topic, TOPICS } from './topics';

const docs = readFileSync(fileURLToPath(new URL('../../../docs/how-it-works.md', import.meta.url)), 'utf8');

/** The row of docs/how-it-works.md that says what a “?” says. */
function row(name: string, { formula, costs, misleads, paper }: Topic): string {
  const source = paper ? ` ([${paper.name}](${paper.url}))` : '';
  return `| ${name} | ${formula.replaceAll('|', '\\|')}${source} | ${english(costs)} | ${english(misleads)} |`;
}

describe('docs/how-it-works.md says what a “?” says', () => {
  it.each(Object.entries(METHOD_TOPICS))('%s, with its paper', (name, topic) => {
    expect(topic.paper).toBeDefined();
    expect(docs).toContain(row(METHOD_LABELS[name as MethodName], topic));
  });

  it.each(Object.entries(TOPICS))('%s', (name, topic) => {
    expect(docs).toContain(row(name, topic));
  });

  it('writes the formulas of the CAM family as in its table', () => {
    for (const name of ['grad-cam', 'grad-cam++', 'hires-cam', 'layer-cam', 'xgrad-cam'] as const) {
      const [, table] = docs.split('## The CAM family');
      const [, cell] = table
        .split('\n')
        .find(line => line.startsWith(`| ${METHOD_LABELS[name]} (`))!
        .split(' | ');
      expect(METHOD_TOPICS[name].formula).toContain(cell.split(',')[0]);
    }
  });
});
