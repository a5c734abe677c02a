import { expect, it } from 'vitest';
import { throttled } from './throttle';

it('passes on the first and last report of a phase and few between', () => {
  const seen: string[] = [];
  let time = 0;
  const report = throttled(
    ({ phase, done }) => seen.push(`${phase} ${done}`),
    () => time
  );
  for (let done = 1; done <= 100; done++) {
    report({ phase: 'forward', done, total: 100 });
    time += 1;
  }
  report({ phase: 'backward', done: 1, total: 9 });
  expect(seen).toEqual(['forward 1', 'forward 51', 'forward 100', 'backward 1']);
});
