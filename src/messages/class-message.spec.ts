import { expect, it } from 'vitest';
import { classMessage, withClassNames } from './class-message';
import { english, message } from './message';

it('is by number until names are known, at any depth', () => {
  const told = message(
    'first: %1',
    message('the mean of %1 less that of %2, over %3', classMessage(2), classMessage(0), 9)
  );
  expect(english(told)).toBe('first: the mean of class 2 less that of class 0, over 9');
  const names = ['bg', 'disc', '50 % box'];
  expect(english(withClassNames(told, index => names[index]))).toBe(
    'first: the mean of “50 % box” less that of “bg”, over 9'
  );
});
