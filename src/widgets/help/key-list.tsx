import './help.css';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { TREE_KEYS } from '../../layers/tree-rows';
import { type KeyTable, MAP_KEYS, TILE_KEYS } from '../../viewer/gestures/keys';

/** What the keys of a table do, action by action: a table and its texts have the same actions. */
type Texts<Table extends KeyTable<string>> = Record<keyof Table, string>;

export interface KeyRow {
  keys: readonly string[];
  text: string;
}

/** All keys, table by table; those of commands, and of the tree of layers, only where there are such. */
export function KeyList(props: {
  commands?: readonly KeyRow[];
  hasTree?: boolean;
  trans: TranslationBundle;
}): React.ReactElement {
  const { commands = [], hasTree = true, trans } = props;
  const map: Texts<typeof MAP_KEYS> = {
    walk: trans.__('From cell to cell; with Shift they move the picture'),
    larger: trans.__('Larger'),
    smaller: trans.__('Smaller'),
    fit: trans.__('The whole picture'),
    trueSize: trans.__('True size'),
    pick: trans.__('Take the cell apart, or set a corner of a region; a lasso closes at its first corner'),
    cancel: trans.__('Give up the region that is being drawn'),
    outline: trans.__('Outline what a cell sees'),
    bare: trans.__('The bare picture, while it is held'),
    help: trans.__('This list')
  };
  const mouse: KeyRow[] = [
    {
      keys: [trans.__('Ctrl + wheel')],
      text: trans.__('Zoom at the cursor; without Ctrl where the map has the focus')
    },
    { keys: [trans.__('Drag')], text: trans.__('Move the picture') },
    { keys: [trans.__('Shift + drag')], text: trans.__('Zoom to a box') },
    { keys: [trans.__('Double click')], text: trans.__('The whole picture') },
    { keys: [trans.__('Click')], text: trans.__('Take the cell apart') }
  ];
  const tiles: Texts<typeof TILE_KEYS> = {
    move: trans.__('The channel beside, above or below'),
    ends: trans.__('The first and the last channel'),
    pin: trans.__('Pin the channel, or let it go'),
    off: trans.__('Switch the channel off, or on again'),
    back: trans.__('Back to the explanation'),
    help: trans.__('This list')
  };
  const tree: Texts<typeof TREE_KEYS> = {
    rows: trans.__('The row below, the row above'),
    pages: trans.__('A page down, a page up'),
    ends: trans.__('The first and the last row'),
    open: trans.__('Open a block, then go into it'),
    close: trans.__('Close a block, or go to the one around'),
    openAll: trans.__('Open all blocks beside it'),
    show: trans.__('Show the layer; with Ctrl or Cmd, beside the view'),
    search: trans.__('Search')
  };
  return (
    // With the focus, arrows scroll it.
    <div className="jp-GradLens-keys" role="region" aria-label={trans.__('Keys')} tabIndex={0}>
      <Table title={trans.__('On a map')} rows={rowsOf(MAP_KEYS, map)} />
      <Table title={trans.__('On a map, by mouse')} rows={mouse} />
      <Table title={trans.__('On feature maps')} rows={rowsOf(TILE_KEYS, tiles)} />
      <Table title={trans.__('In the tree of layers')} rows={hasTree ? rowsOf(TREE_KEYS, tree) : []} />
      <Table title={trans.__('Commands, as JupyterLab’s settings have them')} rows={commands} />
    </div>
  );
}

const rowsOf = <Table extends KeyTable<string>>(table: Table, texts: Texts<Table>): KeyRow[] =>
  (Object.keys(table) as (keyof Table & string)[]).map(action => ({
    keys: shownKeys(table[action]),
    text: texts[action]
  }));

/** The first of keys that mean the same; all of those that are told apart, such as arrows. */
const shownKeys = (keys: readonly string[]): string[] =>
  (keys.length > 1 && keys.every(key => key.length > 1) ? keys : keys.slice(0, 1)).map(
    key => SIGNS[key] ?? key.toUpperCase()
  );

const SIGNS: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  PageUp: 'Page Up',
  PageDown: 'Page Down',
  Home: 'Home',
  End: 'End',
  Enter: 'Enter',
  Escape: 'Escape'
};

function Table({ title, rows }: { title: string; rows: readonly KeyRow[] }): React.ReactElement | null {
  if (rows.length === 0) {
    return null;
  }
  return (
    <section>
      <h3>{title}</h3>
      <table aria-label={title}>
        <tbody>
          {rows.map(({ keys, text }) => (
            <tr key={keys.join()}>
              <th scope="row">
                {keys.map(key => (
                  <React.Fragment key={key}>
                    <kbd>{key}</kbd>{' '}
                  </React.Fragment>
                ))}
              </th>
              <td>{text}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
