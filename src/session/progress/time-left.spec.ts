import { describe, expect, it } from 'vitest';
import { TimeLeft } from './time-left';

/** Feeds a transfer at bytes a second that may change with time; the answers by second. */
function transfer(rate: (second: number) => number, total: number, seconds: number, step = 0.05): (number | null)[] {
  let time = 0;
  let done = 0;
  const left = new TimeLeft(() => time);
  const answers = [left.update(0, total)];
  for (let second = 0; second < seconds; second++) {
    let answer: number | null = null;
    for (let i = 0; i < 1 / step; i++) {
      time += step;
      done = Math.min(total, done + rate(second) * step);
      answer = left.update(done, total);
    }
    answers.push(answer);
  }
  return answers;
}

describe('TimeLeft', () => {
  it('says nothing before it knows', () => {
    let time = 0;
    const left = new TimeLeft(() => time);
    expect(left.update(0, 1000)).toBeNull();
    time = 0.5;
    expect(left.update(100, 1000)).toBeNull();
  });

  it('is exact at an even rate, from the first answer on', () => {
    const answers = transfer(() => 100, 1000, 9);
    expect(answers.slice(2)).toHaveLength(8);
    answers.slice(2).forEach((answer, i) => expect(answer).toBeCloseTo(8 - i, 5));
  });

  it('follows a rate that changes, within a few seconds, without jumping at once', () => {
    const answers = transfer(second => (second < 10 ? 100 : 50), 10_000, 30);
    const at = (second: number): number => answers[second] ?? NaN;
    // Exact for the new rate would be 179 s a second after the change; for the old one 89.
    expect(at(11)).toBeGreaterThan(95);
    expect(at(11)).toBeLessThan(130);
    expect(at(30)).toBeCloseTo((10_000 - 2000) / 50, -1);
  });

  it('is not misled by parts that come in bursts', () => {
    let time = 0;
    const left = new TimeLeft(() => time);
    const answers: number[] = [];
    for (let i = 0; i <= 40; i++) {
      time = i * 0.25;
      // All of a second's bytes at its beginning.
      answers.push(left.update(Math.ceil(time) * 100, 2000) ?? NaN);
    }
    answers.slice(12).forEach((answer, i) => {
      const truth = 20 - (i + 12) * 0.25;
      expect(Math.abs(answer - truth) / truth).toBeLessThan(0.35);
    });
  });

  it('knows nothing when the size is not known, or nothing has come', () => {
    expect(transfer(() => 100, 0, 3).every(answer => answer === null)).toBe(true);
    expect(transfer(() => 0, 100, 3).every(answer => answer === null)).toBe(true);
  });

  it('begins anew with another transfer', () => {
    let time = 0;
    const left = new TimeLeft(() => time);
    left.update(0, 1000);
    time = 2;
    expect(left.update(500, 1000)).toBeCloseTo(2);
    expect(left.update(0, 1000)).toBeNull();
  });
});
