import { expect, test } from 'vitest';
import { fetched } from './fetched';
import { MessageError } from './message';

test('gives what was loaded', async () => {
  expect(await fetched(Promise.resolve(3))).toBe(3);
});

test('says in a sentence that a file did not arrive, and what to do', async () => {
  const failed = fetched(Promise.reject(new Error('Loading chunk 12 failed.')));
  await expect(failed).rejects.toThrow(MessageError);
  await expect(failed).rejects.toThrow(
    /^A part of GradLens could not be loaded, because .*: save .* reload the page\.$/
  );
});
