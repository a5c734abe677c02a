import { Signal } from '@lumino/signaling';
import { describe, expect, it, vi } from 'vitest';
import { MIME_TYPE } from '../../mime/payload';
import type { ViewStateJSON } from '../../state/view-state';
import { type Cell, KeptNotebook, type NotebookContext, type Output } from './kept-notebook';
import { Notebooks } from './notebooks';

const payload = (id: string, view: ViewStateJSON = {}) => ({
  version: 1,
  kind: 'heatmap',
  id,
  name: 'a',
  tensor: { dtype: 'float32', shape: [1, 1, 1], data: 'AAAAAA==' },
  view
});

class FakeOutput implements Output {
  trusted = true;
  data: { readonly [type: string]: unknown };
  constructor(
    data: object | null,
    public metadata: { readonly [key: string]: unknown } = {}
  ) {
    this.data = data ? { [MIME_TYPE]: data, 'image/png': 'of Python' } : { 'text/plain': '1' };
  }
  setData({ data = this.data, metadata = this.metadata }): void {
    this.data = data;
    this.metadata = metadata;
  }
}

class FakeCell implements Cell {
  executionState = 'idle';
  private list: Output[] = [];
  outputs = {
    length: 0,
    get: (index: number) => this.list[index],
    changed: new Signal<object, Parameters<Signal<object, never>['emit']>[0]>({}) as never
  };
  /** Runs as JupyterLab runs a cell: what was there is cleared, and the new outputs come later. */
  async run(...outputs: Output[]): Promise<void> {
    this.clear();
    this.executionState = 'running';
    await tick();
    this.list = outputs;
    this.outputs.length = outputs.length;
    outputs.forEach(output => this.emit('add', [output], []));
    this.executionState = 'idle';
    await tick();
  }
  clear(): void {
    const { list } = this;
    this.list = [];
    this.outputs.length = 0;
    this.emit('clear', [], list);
  }
  emit(type: string, newValues: Output[], oldValues: Output[]): void {
    (this.outputs.changed as Signal<object, object>).emit({ type, newIndex: 0, newValues, oldValues });
  }
}

const tick = (): Promise<void> => new Promise(resolve => setTimeout(resolve));

async function open(writable = true) {
  const cell = new FakeCell();
  const changed = new Signal<object, { newValues: Cell[] }>({});
  const saveState = new Signal<object, string>({});
  const context = {
    path: 'a.ipynb',
    ready: Promise.resolve(),
    model: { dirty: false, cells: Object.assign([cell, {}], { changed }) },
    contentsModel: { writable },
    saveState,
    save: vi.fn(async () => ['started', 'completed'].forEach(state => saveState.emit(state)))
  } as unknown as NotebookContext;
  const notebook = new KeptNotebook(context);
  await tick();
  return { notebook, cell, changed, saveState, context };
}

const SET = { gradlens: { view: { smooth: false }, picture: { title: 'x' } } };

describe('KeptNotebook', () => {
  it('carries what was set by hand over to the output of the next run, each to its own', async () => {
    const { notebook, cell } = await open();
    await cell.run(new FakeOutput(payload('a'), SET), new FakeOutput(null), new FakeOutput(payload('b')));
    const next = ['c', 'd'].map(id => new FakeOutput(payload(id)));
    await cell.run(...next);
    expect(next.map(({ metadata }) => metadata)).toEqual([{ gradlens: { view: { smooth: false } } }, {}]);
    expect(notebook.isFresh('c')).toBe(true);
  });

  it('takes what the old view wrote last, as it went', async () => {
    const { cell } = await open();
    const old = new FakeOutput(payload('a'));
    await cell.run(old);
    const next = new FakeOutput(payload('b'));
    const run = cell.run(next);
    old.metadata = SET;
    await run;
    expect(next.metadata).toEqual({ gradlens: { view: { smooth: false } } });
  });

  it('still knows it after a run that failed', async () => {
    const { cell } = await open();
    await cell.run(new FakeOutput(payload('a'), SET));
    await cell.run(new FakeOutput(null));
    const next = new FakeOutput(payload('b'));
    await cell.run(next);
    expect(next.metadata).toEqual({ gradlens: { view: { smooth: false } } });
  });

  it('begins anew after the output was cleared by hand', async () => {
    const { cell } = await open();
    await cell.run(new FakeOutput(payload('a'), SET));
    cell.clear();
    await tick();
    const next = new FakeOutput(payload('b'));
    await cell.run(next);
    expect(next.metadata).toEqual({});
  });

  it('keeps all of a view that is sent again, its picture too', async () => {
    const { cell } = await open();
    const first = new FakeOutput(payload('a'), SET);
    await cell.run(first);
    first.data = { ...first.data, 'image/png': 'of the view' };
    const again = new FakeOutput(payload('a'));
    cell.emit('set', [again], [first]);
    await tick();
    expect(again.metadata).toEqual(SET);
    expect(again.data['image/png']).toBe('of the view');
  });

  it('does not take an output that was written to for a new one', async () => {
    const { notebook, cell } = await open();
    const old = new FakeOutput(payload('a'));
    cell.emit('set', [old], [old]);
    expect(notebook.isFresh('a')).toBe(false);
  });

  it('watches cells that are added later, and ends when it is let go of', async () => {
    const { notebook, changed, cell } = await open();
    const later = new FakeCell();
    changed.emit({ newValues: [later, cell] });
    await later.run(new FakeOutput(payload('a')));
    expect(notebook.isFresh('a')).toBe(true);
    notebook.dispose();
    await later.run(new FakeOutput(payload('b')));
    expect(notebook.isFresh('b')).toBe(false);
  });

  it('tells which outputs hold views, those of cells that nobody has drawn too', async () => {
    const { notebook, cell } = await open();
    const seen: string[][] = [];
    notebook.viewsChanged.connect(({ views }) => void seen.push([...views.keys()]));
    await cell.run(new FakeOutput(payload('a')), new FakeOutput(null), new FakeOutput(payload('b')));
    await cell.run(new FakeOutput(payload('c')));
    cell.clear();
    await tick();
    expect(seen).toEqual([['a', 'b'], [], ['c'], []]);
  });

  it('tells of a save before it, and whether one can be', async () => {
    const { notebook, saveState, context } = await open();
    const states: string[] = [];
    notebook.saving.connect(() => states.push('saving'));
    ['started', 'completed'].forEach(state => saveState.emit(state));
    expect(states).toEqual(['saving']);
    expect(notebook.isWritable).toBe(true);
    expect((await open(false)).notebook.isWritable).toBe(false);
    notebook.touch();
    expect(context.model.dirty).toBe(true);
  });
});

describe('a save while views are worked at', () => {
  const saved = async (state = 'completed') => {
    const { notebook, saveState, context } = await open();
    let write = (): void => undefined;
    const isWorking = { value: true };
    notebook.saving.connect((_, later) => {
      if (isWorking.value) {
        later(new Promise(resolve => (write = resolve)));
      }
    });
    saveState.emit('started');
    saveState.emit(state);
    return { context, isWorking, notebook, write: () => write() };
  };

  it('is completed by another, but that by none, and the notebook counts as changed until then', async () => {
    const { context, write } = await saved();
    expect(context.model.dirty).toBe(true);
    expect(context.save).not.toHaveBeenCalled();
    write();
    await tick();
    // The views are at work still.
    write();
    await tick();
    expect(context.save).toHaveBeenCalledTimes(1);
  });

  it('leaves a notebook changed that was changed while its file was under way', async () => {
    const { notebook, saveState, context } = await open();
    notebook.saving.connect(() => notebook.touch());
    for (const meanwhile of [true, false]) {
      saveState.emit('started');
      if (meanwhile) {
        notebook.touch();
      }
      context.model.dirty = false;
      saveState.emit('completed');
      expect(context.model.dirty).toBe(meanwhile);
    }
  });

  it('is left as it is where that takes long, or the notebook is closed, or the save failed', async () => {
    const late = await saved();
    vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 10_000);
    late.write();
    await tick();
    vi.restoreAllMocks();
    const closed = await saved();
    closed.notebook.dispose();
    closed.write();
    const failed = await saved('failed');
    failed.write();
    await tick();
    for (const { context } of [late, closed, failed]) {
      expect(context.save).not.toHaveBeenCalled();
    }
    expect(late.context.model.dirty).toBe(true);
    expect(failed.context.model.dirty).toBe(false);
  });
});

it('a notebook is open while one of its tabs is', async () => {
  const { context } = await open();
  const notebooks = new Notebooks();
  const [first, second] = [notebooks.open(context), notebooks.open(context)];
  await notebooks.ready;
  const found = notebooks.find('a.ipynb');
  expect(found).not.toBeNull();
  expect(notebooks.find(null)).toBeNull();
  first.dispose();
  expect(notebooks.find('a.ipynb')).toBe(found);
  second.dispose();
  expect(notebooks.find('a.ipynb')).toBeNull();
  expect(found?.isDisposed).toBe(true);
});

it('a notebook that is closed at once is not taken in', async () => {
  const { context } = await open();
  const notebooks = new Notebooks();
  notebooks.open(context).dispose();
  await notebooks.ready;
  expect(notebooks.find('a.ipynb')).toBeNull();
});
