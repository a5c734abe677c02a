import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { english, joinMessages, mapValues, message, MessageError, messageOf, translated, verbatim } from './message';

/** A language in which every text is marked. */
const marking = {
  __: (text: string, ...values: string[]) =>
    `«${text.replace(/%(\d+)/g, (_: string, which: string) => values[Number(which) - 1])}»`
};

describe('a message', () => {
  it('is English without a translator, with its values and per cent signs in place', () => {
    const error = message('The layer %1 is off by %2 %%.', 'conv', 0.5);
    expect(english(error)).toBe('The layer conv is off by 0.5 %.');
  });

  it('translates its parts first, and its names never', () => {
    const part = message('normalises along axis %1', 1);
    const whole = message('The layer %1 (%2) %3.', 'infinite', 'image 1', part);
    expect(translated(whole, marking)).toBe('«The layer infinite (image 1) «normalises along axis 1».»');
    expect(translated(verbatim('has no %1'), marking)).toBe('«has no %1»');
  });

  it('lets a language order the values otherwise', () => {
    const other = { __: (_: string, ...values: string[]) => `${values[1]}: ${values[0]}` };
    expect(translated(message('%1 has %2', 'conv', 7), other)).toBe('7: conv');
  });

  it('does not read the names in it as placeholders', () => {
    expect(english(message('There is no file “%1” in %2.', '%2', 'a%%1'))).toBe('There is no file “%2” in a%%1.');
  });

  it('joins and changes without losing its parts', () => {
    const reasons = joinMessages([message('%1 did not start', 'webgl'), message('no memory')], '; ');
    expect(translated(reasons, marking)).toBe('««webgl did not start»; «no memory»»');
    expect(english(mapValues(reasons, value => value.toUpperCase()))).toBe('WEBGL did not start; no memory');
  });

  it('survives the way between two threads', () => {
    const whole = message('The layer %1 %2.', 'conv', message('has no %1', 'kernel'));
    expect(structuredClone(whole)).toEqual(whole);
  });
});

it('an error keeps its message; what others throw is shown as it is', () => {
  const error = new MessageError(message('There is no class %1.', 9));
  expect(error.message).toBe('There is no class 9.');
  expect(messageOf(error)).toEqual(message('There is no class %1.', 9));
  expect(messageOf(new TypeError('x is undefined'))).toEqual(verbatim('x is undefined'));
  expect(messageOf('gone')).toEqual(verbatim('gone'));
});

it('stands in the catalogue for translators', () => {
  const catalogue = readFileSync(new URL('../../locale/gradlens.pot', import.meta.url), 'utf8');
  expect(catalogue).toContain('msgid "The layer %1 comes after %2, which cannot run here."');
});
