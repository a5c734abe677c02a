import { expect, it } from 'vitest';
import { WorkQueue } from './work-queue';

it('does one work at a time, in order; what can wait goes last, the newest first', async () => {
  const queue = new WorkQueue();
  const log: string[] = [];
  const work = (name: string) => async (): Promise<void> => {
    log.push(`${name} begins`);
    await new Promise(resolve => setTimeout(resolve));
    log.push(`${name} ends`);
  };
  const done = new Promise<void>(resolve => {
    queue.add(work('old prediction'), true);
    queue.add(work('open'));
    queue.add(async () => {
      await work('run')();
      queue.add(work('prediction'), true);
      queue.add(work('newest prediction'), true);
      queue.add(async () => {
        await work('another run')();
        queue.add(async () => resolve(), true);
        queue.add(work('last'), false);
      });
    });
  });
  await done;
  expect(log).toEqual(['open', 'run', 'another run', 'last'].flatMap(name => [`${name} begins`, `${name} ends`]));
  await expect
    .poll(() => log.slice(8))
    .toEqual(['newest prediction', 'prediction', 'old prediction'].flatMap(name => [`${name} begins`, `${name} ends`]));
});

it('starts again after it has nothing to do', async () => {
  const queue = new WorkQueue();
  await new Promise<void>(resolve => queue.add(async () => resolve()));
  await new Promise<void>(resolve => queue.add(async () => resolve(), true));
});
