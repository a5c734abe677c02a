import { expect, it, onTestFinished } from 'vitest';
import { fakeModelView, type FakeView } from '../widgets/testing/fake-model';
import { OpeningMarks } from './opening-marks';

const PLACE = JSON.stringify(['opened:models/big.keras', null]);

function page(): OpeningMarks {
  const marks = new OpeningMarks();
  onTestFinished(() => {
    marks.forget(PLACE);
    marks.dispose();
  });
  return marks;
}

/** What a page leaves behind that ended, however it did: the browser lets go of its locks. */
function endedPage(): void {
  localStorage.setItem(`gradlens:working:${PLACE}`, 'a page that is no more');
}

const isMarked = (): boolean => localStorage.getItem(`gradlens:working:${PLACE}`) !== null;

/** A view that nobody has started. */
const view = (): FakeView => fakeModelView();

it('marks a view while it works, and no longer', async () => {
  const { controller } = view();
  const marked: boolean[] = [];
  const started = page().start(PLACE, controller);
  controller.changed.connect(() => marked.push(isMarked()));
  await started;
  expect(marked).toContain(true);
  expect(controller.snapshot.explained).not.toBeNull();
  expect(isMarked()).toBe(false);
});

it('says that a page ended while a view was worked at, starts nothing, and goes on when asked to', async () => {
  endedPage();
  const { controller } = view();
  await page().start(PLACE, controller);
  expect(controller.snapshot).toMatchObject({ busy: null, model: null, explained: null, cancelled: false });
  expect(controller.snapshot.problem?.text).toContain('page ended while');
  // Reloaded, it is said again.
  expect(isMarked()).toBe(true);
  await controller.start();
  expect(controller.snapshot).toMatchObject({ problem: null });
  expect(controller.snapshot.explained).not.toBeNull();
  expect(isMarked()).toBe(false);
});

it('starts what another page works at, and what this page works at in another view', async () => {
  const other = page();
  const first = view();
  // It stays at work: its answer is not waited for.
  void other.start(PLACE, first.controller);
  expect(isMarked()).toBe(true);
  const { controller } = view();
  await page().start(PLACE, controller);
  expect(controller.snapshot.problem).toBeNull();
  expect(controller.snapshot.explained).not.toBeNull();
});

it('leaves no mark of a page that is left in order, nor of a view that is closed', () => {
  const marks = page();
  void marks.start(PLACE, view().controller);
  expect(isMarked()).toBe(true);
  window.dispatchEvent(new Event('pagehide'));
  expect(isMarked()).toBe(false);
  void marks.start(PLACE, view().controller);
  expect(isMarked()).toBe(true);
  marks.forget(PLACE);
  expect(isMarked()).toBe(false);
});
