import { describe, expect, it } from 'vitest';
import { Sessions } from './sessions';

describe('Sessions', () => {
  it('gives renderers of one output the same session', () => {
    const sessions = new Sessions();
    const first = sessions.retain('same', { layer: 'x' });
    first.update({ layer: 'y' });
    expect(sessions.retain('same', { layer: 'x' })).toBe(first);
    sessions.release('same');
    expect(sessions.retain('same', {}).state.layer).toBe('y');
  });

  it('keeps one session after a cell ran 200 times', () => {
    const sessions = new Sessions();
    for (let run = 0; run < 200; run++) {
      sessions.retain(`run ${run}`, {});
      if (run > 0) {
        sessions.release(`run ${run - 1}`);
      }
    }
    expect(sessions.size).toBe(1);
  });

  it('begins as the cell says, but for what is kept', () => {
    const { state } = new Sessions().retain('a', { layer: 'x', opacity: 1 }, { layer: 'y' });
    expect(state).toMatchObject({ layer: 'y', opacity: 1 });
  });
});
