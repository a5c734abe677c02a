import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { KernelComm } from './kernel-comm';
import { fakeKernel } from './testing/fake-kernel';
import type { FromKernel } from './wire';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Lets what waits for promises go on. */
const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);
const KNOWN: FromKernel = { type: 'known', views: [] };

function opened(): ReturnType<typeof fakeKernel> & { comm: KernelComm; heard: FromKernel[] } {
  const kernel = fakeKernel();
  const heard: FromKernel[] = [];
  const comm = new KernelComm(
    kernel.kernel,
    () => ({ page: 'page', views: ['a'] }),
    said => heard.push(said)
  );
  comm.open();
  return { ...kernel, comm, heard };
}

/** Opens a comm for a page without views, which hears nothing. */
const openWithout = (kernel: ConstructorParameters<typeof KernelComm>[0]): void =>
  new KernelComm(
    kernel,
    () => ({ page: 'page', views: [] }),
    () => undefined
  ).open();

it('opens one comm, over the subshell once that has started, and says nothing before it is heard', async () => {
  const { comm, comms, heard } = opened();
  comm.open();
  comm.send({ type: 'used', view: 'a' });
  expect(comms[0].opened).toBeNull();
  await settle();
  expect(comms.map(({ opened }) => opened)).toEqual([{ page: 'page', views: ['a'] }]);
  expect(comm.isOpen).toBe(false);
  comms[0].hears(KNOWN);
  comm.send({ type: 'used', view: 'a' });
  expect(heard).toEqual([KNOWN]);
  expect(comms[0].said).toEqual([{ type: 'used', view: 'a' }]);
});

it('opens again what is not answered, at last over the main shell', async () => {
  const { comms } = opened();
  await vi.advanceTimersByTimeAsync(16_000);
  expect(comms.map(({ commsOverSubshells }) => commsOverSubshells)).toEqual([
    'perCommTarget',
    'perCommTarget',
    'perCommTarget',
    'disabled'
  ]);
  expect(comms.map(({ isDisposed }) => isDisposed)).toEqual([true, true, true, false]);
  comms[3].hears(KNOWN);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(comms).toHaveLength(4);
});

it('opens again after JupyterLab has connected anew, and forgets the kernel that restarts', async () => {
  const { comm, comms, connectionStatusChanged, statusChanged } = opened();
  await settle();
  comms[0].hears(KNOWN);
  comms[0].isDisposed = true;
  connectionStatusChanged.emit('connected');
  await settle();
  expect(comms[1].opened).not.toBeNull();
  comms[1].hears(KNOWN);
  statusChanged.emit('restarting');
  expect(comm.isOpen).toBe(false);
  connectionStatusChanged.emit('connected');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(comms).toHaveLength(2);
  comm.open();
  await settle();
  expect(comms[2].opened).not.toBeNull();
});

it('leaves a main shell alone that runs a cell', async () => {
  const { kernel, comms } = fakeKernel();
  Object.assign(kernel, { supportsSubshells: false, status: 'busy' });
  openWithout(kernel);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(comms).toHaveLength(1);
  Object.assign(kernel, { status: 'idle' });
  await vi.advanceTimersByTimeAsync(120_000);
  expect(comms).toHaveLength(7);
});

it('does not ask a kernel again that knows nothing of views', async () => {
  const { kernel, comms } = fakeKernel(false);
  openWithout(kernel);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(comms).toHaveLength(1);
});
