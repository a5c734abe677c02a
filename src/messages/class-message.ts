/** Classes within messages: the engine knows their numbers, and the page what they are called. */
import { type Message, message, verbatim } from './message';

export const classMessage = (index: number): Message => message('class %1', index);

/** A class's name within a sentence: in quotes, but for one that is its number, which cannot be misread. */
export const quotedClass = (name: string, index: number): string => (name.endsWith(String(index)) ? name : `“${name}”`);

/** The message with its classes by their names. */
export const withClassNames = (told: Message, name: (index: number) => string): Message => ({
  text: told.text,
  values: told.values.map(value => {
    if (typeof value !== 'object') {
      return value;
    }
    const isClass = value.text === classMessage(0).text && typeof value.values[0] === 'number';
    const index = Number(value.values[0]);
    return isClass ? verbatim(quotedClass(name(index), index)) : withClassNames(value, name);
  })
});
