import { describe, expect, it } from 'vitest';
import { inBatches, type ModelProbe } from '../../../explain/model-probe';
import { abortError } from '../../protocol/errors';
import type { ProbeTask, Probing } from '../../protocol/helpers';
import type { Crew, Mate } from './crew';
import { SharedProbe } from './shared-probe';

const task: ProbeTask = { model: 'model', inputs: {}, target: 0, score: 'logit', output: null };
/** Sums of these depend on their order. */
const scoreOf = (value: number): number => 10 ** (value % 17) / 3;

interface Waiting {
  first: number;
  settle(error?: Error): void;
}

/** Someone who answers passes when the test says so. */
class Worker {
  waiting: Waiting[] = [];
  calledOff = 0;

  answer(pictures: Float32Array): Promise<Float64Array> {
    return new Promise((resolve, reject) => {
      const settle = (error?: Error): void => {
        this.waiting = this.waiting.filter(other => other !== entry);
        if (error) {
          reject(error);
        } else {
          resolve(Float64Array.from(pictures, scoreOf));
        }
      };
      const entry = { first: pictures[0], settle };
      this.waiting.push(entry);
    });
  }
}

class FakeMate extends Worker implements Mate {
  get load(): number {
    return this.waiting.length;
  }

  send({ pictures }: Probing): ReturnType<Mate['send']> {
    const answer = this.answer(pictures);
    const entry = this.waiting[this.waiting.length - 1];
    const callOff = (): void => {
      this.calledOff++;
      entry.settle(abortError());
    };
    return { answer, callOff };
  }
}

function setUp(mates: number) {
  const here = new Worker();
  const team = Array.from({ length: mates }, () => new FakeMate());
  let watcher: Parameters<Crew['watch']>[0] | undefined;
  const lost: Mate[] = [];
  const called: number[] = [];
  const crew = {
    mates: team as Mate[],
    call: (left: number) => void called.push(left),
    lose: (mate: Mate) => {
      lost.push(mate);
      crew.mates = crew.mates.filter(other => other !== mate);
    },
    watch: (work: Parameters<Crew['watch']>[0]) => void (watcher = work)
  };
  const told: number[] = [];
  const own: ModelProbe = {
    batch: 1,
    scores: pictures => here.answer(pictures),
    gradients: () => Promise.reject(new Error('not asked')),
    progress: done => void told.push(done)
  };
  let time = 0;
  const probe = new SharedProbe(own, crew, task, () => (time += 100));
  const everyone = [here, ...team];
  return {
    here,
    team,
    crew,
    lost,
    called,
    told,
    probe,
    everyone,
    come: () => watcher?.come(),
    stop: () => watcher?.stop()
  };
}

const settled = () => new Promise(resolve => setImmediate(resolve));

/** A sum over pictures whose only value is their number. */
function sumOf(probe: ModelProbe, total: number): { sum: Promise<number>; order: number[] } {
  const order: number[] = [];
  let sum = 0;
  const done = inBatches(
    probe,
    total,
    1,
    (i, picture) => picture.fill(i),
    (pictures, count) => probe.scores(pictures, count),
    (scores, first) => {
      order.push(first);
      scores.forEach(score => (sum += score));
    }
  );
  return { sum: done.then(() => sum), order };
}

const TOTAL = 41;
let expected = 0;
for (let i = 0; i < TOTAL; i++) {
  expected += scoreOf(i);
}

/** Lets workers answer, one at a time, until all is done; `pick` chooses whose answer comes next. */
async function workOff(everyone: Worker[], pick: (busy: Worker[]) => Worker): Promise<void> {
  for (let busy = everyone; busy.length > 0; busy = everyone.filter(({ waiting }) => waiting.length > 0)) {
    pick(busy).waiting[0]?.settle();
    await settled();
  }
}

describe('passes shared by workers', () => {
  it.each([0, 1, 2, 5])('add up to the same bits with %i others, whoever is the fastest', async mates => {
    for (const pick of [(busy: Worker[]) => busy[0], (busy: Worker[]) => busy[busy.length - 1]]) {
      const { probe, everyone, told } = setUp(mates);
      const { sum, order } = sumOf(probe, TOTAL);
      await workOff(everyone, pick);
      expect(await sum).toBe(expected);
      expect(order).toEqual([...order].sort((a, b) => a - b));
      expect(told.at(-1)).toBe(TOTAL);
    }
  });

  it('are done one at a time here, and two at each other worker', async () => {
    const { probe, here, team } = setUp(2);
    const { sum } = sumOf(probe, TOTAL);
    await settled();
    expect([here, ...team].map(({ waiting }) => waiting.length)).toEqual([1, 2, 2]);
    await workOff([here, ...team], busy => busy[0]);
    expect(await sum).toBe(expected);
  });

  it('take in a worker that comes later', async () => {
    const { probe, here, crew, come, everyone } = setUp(0);
    const { sum } = sumOf(probe, TOTAL);
    here.waiting[0].settle();
    await settled();
    const late = new FakeMate();
    crew.mates = [late];
    come();
    here.waiting[0].settle();
    await settled();
    expect(late.load).toBe(2);
    await workOff([...everyone, late], busy => busy[0]);
    expect(await sum).toBe(expected);
  });

  it('of a worker that is lost are done by the others', async () => {
    const { probe, team, lost, everyone } = setUp(2);
    const { sum } = sumOf(probe, TOTAL);
    await settled();
    [...team[0].waiting].forEach(({ settle }) => settle(new Error('out of memory')));
    await settled();
    await workOff(everyone, busy => busy[0]);
    expect(await sum).toBe(expected);
    expect(new Set(lost)).toEqual(new Set([team[0]]));
  });

  it('are taken back from a worker that has not begun them when nothing else is left to do here', async () => {
    const { probe, here, team } = setUp(1);
    const { sum } = sumOf(probe, 3);
    await settled();
    expect(team[0].waiting.map(({ first }) => first)).toEqual([1, 2]);
    here.waiting[0].settle();
    await settled();
    expect(here.waiting.map(({ first }) => first)).toEqual([2]);
    expect(team[0].calledOff).toBe(1);
    await workOff([here, ...team], busy => busy[0]);
    expect(await sum).toBe([0, 1, 2].reduce((all, i) => all + scoreOf(i), 0));
  });

  it('all stop at once, and no more are given out', async () => {
    const { probe, here, team, stop } = setUp(2);
    const { sum } = sumOf(probe, TOTAL);
    sum.catch(() => undefined);
    await settled();
    stop();
    expect(team.map(({ calledOff, load }) => [calledOff, load])).toEqual([
      [2, 0],
      [2, 0]
    ]);
    here.waiting[0].settle(abortError());
    await expect(sum).rejects.toThrow('cancelled');
    expect(team.map(({ load }) => load)).toEqual([0, 0]);
    await expect(probe.scores(new Float32Array(1), 1)).rejects.toThrow('cancelled');
  });

  it('ask for help with the time that is left', async () => {
    const { probe, here, called } = setUp(0);
    const { sum } = sumOf(probe, 8);
    await workOff([here], busy => busy[0]);
    await sum;
    // One of 8 took 100 ms.
    expect(called[0]).toBe(700);
  });
});
