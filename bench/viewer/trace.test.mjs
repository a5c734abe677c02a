import assert from 'node:assert/strict';
import { test } from 'node:test';
import { framesOf, tasksOf } from './trace.mjs';

test("frames are those of the page's main thread, with the waits inside them", () => {
  const name = (tid, of) => ({ ph: 'M', name: 'thread_name', pid: 1, tid, ts: 0, args: { name: of } });
  const ran = (what, tid, ts, dur, tdur) => ({ ph: 'X', name: what, pid: 1, tid, ts, dur, tdur });
  const events = [
    name(1, 'CrRendererMain'),
    name(2, 'Compositor'),
    ran('ProxyMain::BeginMainFrame', 1, 1000, 20_000, 6000),
    ran('ImplementationBase::WaitForCmd', 1, 2000, 5000, 10),
    ran('ImplementationBase::WaitForCmd', 1, 9000, 2000, 10),
    ran('ImplementationBase::WaitForCmd', 1, 50_000, 9000, 10),
    ran('ProxyMain::BeginMainFrame', 1, 70_000, 4000, 3000),
    ran('ProxyMain::BeginMainFrame', 2, 1000, 4000, 3000),
    ran('RunTask', 1, 500, 90_000, 7000),
    ran('RunTask', 2, 500, 90_000, 8000)
  ];
  assert.deepEqual(framesOf(events), [
    { work: 6, gl: 7 },
    { work: 3, gl: 0 }
  ]);
  assert.deepEqual(tasksOf(events), [7]);
});
