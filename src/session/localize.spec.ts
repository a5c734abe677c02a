import { readFileSync } from 'node:fs';
import type { TranslationBundle } from '@jupyterlab/translation';
import { describe, expect, it } from 'vitest';
import { say } from '../messages/say';
import { localizer } from './localize';
import said from './said.json';

/** A language in which every text is marked, and %n stand in another order. */
const trans = {
  __: (template: string, ...values: string[]) => `«${say(template, ...values)}»`
} as unknown as TranslationBundle;

const localize = localizer(said, trans);

/** Values as messages have them: names, numbers, shapes, lists. */
const VALUES = ['conv4_block1', '(n, 7, 7, 32)', '12', 'a, b, c', 'models/my model.keras'];

describe('localize', () => {
  it.each(said)('recognises: %s', template => {
    const count = Math.max(0, ...[...template.matchAll(/%(\d+)/g)].map(([, n]) => Number(n)));
    const values = VALUES.slice(0, count);
    const text = say(template, ...values);
    const marked: string[] = [];
    const spy = {
      __: (used: string, ...given: string[]) => (marked.push(used), say(used, ...given))
    } as unknown as TranslationBundle;
    expect(localizer(said, spy)(text)).toBe(text);
    // The last call is the outermost.
    expect(marked[marked.length - 1]).toBe(template);
    expect(localize(text)).toBe(`«${text}»`);
  });

  it('translates what is inside, too', () => {
    const inner = say('normalises along axis %1, and GradLens can only do it along the last one', '1');
    const text = say('The layer %1 (%2) %3.', 'bn', 'BatchNormalization', inner);
    expect(localize(text)).toBe(`«The layer bn (BatchNormalization) «${inner}».»`);
  });

  it('lets a language order the parts otherwise', () => {
    const other = {
      __: (template: string, ...values: string[]) =>
        template.startsWith('The layer %1 has no channel') ? `${values[2]}: ${values[0]} ${values[1]}` : template
    } as unknown as TranslationBundle;
    const text = say('The layer %1 has no channel %2: its channels are numbered 0 to %3.', 'conv', 9, 7);
    expect(localizer(said, other)(text)).toBe('7: conv 9');
  });

  it('leaves other texts as they are', () => {
    expect(localize('TypeError: x is undefined')).toBe('TypeError: x is undefined');
    expect(localize('')).toBe('');
  });

  it('is what the catalogue for translators holds', () => {
    const catalogue = readFileSync(new URL('../../locale/gradlens.pot', import.meta.url), 'utf8');
    said.forEach(template => expect(catalogue).toContain(`msgid ${JSON.stringify(template)}`));
  });
});
