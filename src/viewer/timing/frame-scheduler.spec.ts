import { beforeEach, expect, test, vi } from 'vitest';
import { FrameScheduler } from './frame-scheduler';

let frames: (() => void)[];
let scheduler: FrameScheduler;

beforeEach(() => {
  frames = [];
  scheduler = new FrameScheduler(callback => frames.push(callback));
});

function nextFrame(): void {
  const frame = frames.shift();
  expect(frame, 'a frame was asked for').toBeDefined();
  frame?.();
}

test('many changes are one draw, for all views in one frame', () => {
  const [a, b] = [{ draw: vi.fn() }, { draw: vi.fn() }];
  const [first, second] = [scheduler.add(a), scheduler.add(b)];
  first.invalidate();
  first.invalidate();
  second.invalidate();
  expect(a.draw).not.toHaveBeenCalled();
  nextFrame();
  expect(a.draw).toHaveBeenCalledTimes(1);
  expect(b.draw).toHaveBeenCalledTimes(1);
  expect(frames).toEqual([]);
});

test('nothing is drawn unasked, hidden, or disposed', () => {
  const [idle, hidden, gone, seen] = [1, 2, 3, 4].map(() => ({ draw: vi.fn() }));
  scheduler.add(idle);
  const hiddenRequest = scheduler.add(hidden, false);
  const goneRequest = scheduler.add(gone);
  hiddenRequest.invalidate();
  expect(frames).toEqual([]);
  goneRequest.invalidate();
  goneRequest.dispose();
  goneRequest.invalidate();
  scheduler.add(seen).invalidate();
  nextFrame();
  expect(seen.draw).toHaveBeenCalledTimes(1);
  for (const view of [idle, hidden, gone]) {
    expect(view.draw).not.toHaveBeenCalled();
  }
  hiddenRequest.isVisible = true;
  nextFrame();
  expect(hidden.draw).toHaveBeenCalledTimes(1);
  hiddenRequest.isVisible = false;
  hiddenRequest.isVisible = true;
  expect(frames).toEqual([]);
});

test('a change during a draw is drawn in the next frame', () => {
  const view = { draw: vi.fn(() => (view.draw.mock.calls.length < 2 ? request.invalidate() : undefined)) };
  const request = scheduler.add(view);
  request.invalidate();
  nextFrame();
  expect(view.draw).toHaveBeenCalledTimes(1);
  nextFrame();
  expect(view.draw).toHaveBeenCalledTimes(2);
  expect(frames).toEqual([]);
});

test('a view that throws is reported and does not stop the others', () => {
  const report = vi.fn();
  vi.stubGlobal('reportError', report);
  const failure = new Error('broken view');
  const view = { draw: vi.fn() };
  scheduler
    .add({
      draw: () => {
        throw failure;
      }
    })
    .invalidate();
  scheduler.add(view).invalidate();
  nextFrame();
  vi.unstubAllGlobals();
  expect(view.draw).toHaveBeenCalledTimes(1);
  expect(report).toHaveBeenCalledWith(failure);
});

test('what comes into sight is drawn bit by bit, what changes in sight at once', () => {
  let time = 0;
  const slow = () => ({ isHeavy: true, draw: vi.fn((_: number) => void (time += 6)) });
  scheduler = new FrameScheduler(
    callback => frames.push(callback),
    () => time
  );
  const arriving = [slow(), slow(), slow()];
  const requests = arriving.map(view => scheduler.add(view, false));
  requests.forEach(request => request.invalidate());
  expect(frames).toEqual([]);
  requests.forEach(request => (request.isVisible = true));
  nextFrame();
  // 8 ms a frame: after one there are 2 left, so a second one is begun.
  expect(arriving.map(({ draw }) => draw.mock.calls)).toEqual([[[8]], [[2]], []]);
  nextFrame();
  expect(arriving[2].draw).toHaveBeenCalledTimes(1);
  expect(frames).toEqual([]);

  requests.forEach(request => request.invalidate());
  nextFrame();
  expect(arriving.map(({ draw }) => draw.mock.lastCall)).toEqual([[8 / 3], [8 / 3], [8 / 3]]);
  expect(frames).toEqual([]);
});

test('a later draw gives way to changes, and one draw does for both', () => {
  let time = 0;
  scheduler = new FrameScheduler(
    callback => frames.push(callback),
    () => time
  );
  const [changing, sharpened] = [{ draw: vi.fn(() => void (time += 9)) }, { draw: vi.fn() }];
  const [first, second] = [scheduler.add(changing), scheduler.add(sharpened)];
  second.invalidateLater();
  first.invalidate();
  nextFrame();
  expect(sharpened.draw).not.toHaveBeenCalled();
  nextFrame();
  expect(sharpened.draw).toHaveBeenCalledTimes(1);

  second.invalidateLater();
  second.invalidate();
  second.invalidateLater();
  nextFrame();
  expect(sharpened.draw).toHaveBeenCalledTimes(2);
  expect(frames).toEqual([]);
});
