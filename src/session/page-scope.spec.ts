import { expect, it } from 'vitest';
import { PageScope } from './page-scope';

it('makes one of each at its first use, and disposes of them last made first', () => {
  const log: string[] = [];
  class First {
    constructor() {
      log.push('first made');
    }
    dispose(): void {
      log.push('first gone');
    }
  }
  class Second extends First {
    dispose(): void {
      log.push('second gone');
    }
  }
  const page = new PageScope();
  expect(log).toEqual([]);
  const first = page.get(First);
  expect(page.get(First)).toBe(first);
  expect(page.get(Second)).not.toBe(first);
  expect(new PageScope().get(First)).not.toBe(first);
  page.dispose();
  page.dispose();
  expect(log.slice(3)).toEqual(['second gone', 'first gone']);
});
