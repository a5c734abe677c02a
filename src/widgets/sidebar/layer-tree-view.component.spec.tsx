import { page, userEvent } from '@vitest/browser/context';
import * as React from 'react';
import { expect, it, vi } from 'vitest';
import { layerInfo } from '../../graph/testing/layer-info';
import { layerTree } from '../../layers/layer-tree';
import { verbatim } from '../../messages/message';
import type { Thumbnails } from '../../session/model/layer-thumbnails';
import { render } from '../testing/render';
import { LayerTree } from './layer-tree-view';
import { Facts } from './structure/facts';

const LAYERS = [
  layerInfo('input', { op: 'InputLayer' }),
  ...['a', 'b'].flatMap(block => ['conv', 'bn', 'relu'].map(name => layerInfo(`block_${block}/${name}`))),
  layerInfo('head', { op: 'Dense', spatial: false, unsupported: verbatim('The layer head cannot run.') })
];
const NODES = layerTree(LAYERS);
const THUMBNAILS = { changed: { connect: () => true, disconnect: () => true }, get: () => null, want: () => undefined };

function Tree(props: { onPick?: (id: string) => void; onCompare?: (id: string) => void }): React.ReactElement {
  const [expanded, setExpanded] = React.useState<ReadonlySet<string>>(new Set());
  return (
    <div style={{ height: 300, display: 'flex' }}>
      <LayerTree
        nodes={NODES}
        isSearch={false}
        expanded={expanded}
        selected="input"
        label="Layers"
        thumbnails={THUMBNAILS as unknown as Thumbnails}
        onExpand={setExpanded}
        onPick={layer => props.onPick?.(layer.id)}
        onCompare={layer => props.onCompare?.(layer.id)}
      />
    </div>
  );
}

const names = (): string[] =>
  page
    .getByRole('treeitem')
    .elements()
    .map(row => row.getAttribute('aria-label')?.split(' ')[0] ?? '');

it('opens and closes blocks with the arrow keys, as a tree of ARIA does', async () => {
  const pick = vi.fn();
  render(<Tree onPick={pick} />);
  await expect.element(page.getByRole('treeitem', { name: /^input/ })).toHaveAttribute('aria-selected', 'true');
  const tree = page.getByRole('tree', { name: 'Layers' });
  const closed = names();
  expect(closed[0]).toBe('input');
  (tree.element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowDown}{ArrowRight}');
  await expect.poll(names).toContain('block_a/conv');
  await userEvent.keyboard('{ArrowRight}{Enter}');
  expect(pick).toHaveBeenCalledWith('block_a/conv');
  await userEvent.keyboard('{ArrowLeft}{ArrowLeft}');
  await expect.poll(names).toEqual(closed);
});

it('says why a layer cannot run, and compares with Ctrl', async () => {
  const compare = vi.fn();
  render(<Tree onCompare={compare} />);
  const row = page.getByRole('treeitem', { name: /^head/ });
  await expect.element(row).toHaveAttribute('aria-disabled', 'true');
  await expect.element(row).toHaveAttribute('title', 'The layer head cannot run.');
  await page.getByRole('treeitem', { name: /^input/ }).click({ modifiers: ['Control'] });
  expect(compare).toHaveBeenCalledWith('input');
});

it('compares from a row’s menu, by mouse and by keyboard, which goes back to the tree', async () => {
  const compare = vi.fn();
  render(<Tree onCompare={compare} />);
  const row = page.getByRole('treeitem', { name: /^input/ });
  const entry = page.getByRole('menuitem', { name: 'Compare beside' });
  await row.click({ button: 'right' });
  await entry.click();
  expect(compare).toHaveBeenCalledTimes(1);
  const tree = page.getByRole('tree', { name: 'Layers' });
  await expect.element(tree).toHaveFocus();
  // As the key for menus does, on what has the focus.
  tree.element().dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true }));
  await expect.element(entry).toBeVisible();
  await userEvent.keyboard('{ArrowDown}{ArrowDown}{Enter}');
  expect(compare).toHaveBeenCalledTimes(2);

  // One that cannot run has a name to copy.
  page
    .getByRole('treeitem', { name: /^head/ })
    .element()
    .dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true }));
  await expect.element(entry).toHaveAttribute('aria-disabled', 'true');
  await userEvent.keyboard('{Escape}');
});

it.each([80, 110, 180, 400])('shows of a layer’s facts those that fit whole, at %i px', async width => {
  const facts = ['12×12×32', 'Conv2D', '6.94k par.', 'sees 22 px'];
  render(
    <div className="jp-GradLens-rowText" style={{ width }}>
      <Facts facts={facts} />
    </div>
  );
  await expect.element(page.getByText('12×12×32')).toBeVisible();
  const line = page.getByText('12×12×32').element().parentElement!;
  const box = line.getBoundingClientRect();
  const seen = [...line.children].filter(fact => fact.getBoundingClientRect().top < box.bottom - 1);
  expect(seen.length).toBeGreaterThan(0);
  seen.forEach(fact => {
    const { right, bottom } = fact.getBoundingClientRect();
    expect([right <= box.right + 0.5, bottom <= box.bottom + 1, fact.scrollWidth <= fact.clientWidth + 1]).toEqual([
      true,
      true,
      true
    ]);
  });
  expect(seen.length === facts.length).toBe(width === 400);
});
