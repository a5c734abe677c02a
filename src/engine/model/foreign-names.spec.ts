/** Names that every object of JavaScript has, wherever a file may say a name: a model or a sentence, and no word of the machine. */
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it, vi } from 'vitest';
import { readModel } from '../../formats';
import { bytesOf } from '../../formats/testing/reader-data';
import { ModelError } from '../../graph/model-graph';
import { EngineError } from '../protocol/errors';
import { summarize } from '../worker/summarize';
import { OpenModel } from './open-model';

vi.setConfig({ testTimeout: 120_000 });

const NAMES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
const MACHINE = /Cannot read|is not a function|is not iterable|undefined|call stack|Invalid|prototype/;

type Tree = Record<string, unknown>;

/** Every string of a tree, as a way to put another in its place; `paths` says where. */
function strings(root: unknown): { path: string; holder: Tree; key: string; value: string }[] {
  const found: ReturnType<typeof strings> = [];
  const visit = (value: unknown, path: string): void => {
    if (typeof value === 'object' && value !== null) {
      for (const [key, item] of Object.entries(value)) {
        if (typeof item === 'string') {
          found.push({ path: `${path}/${key}`, holder: value as Tree, key, value: item });
        } else {
          visit(item, `${path}/${key}`);
        }
      }
    }
  };
  visit(root, '');
  return found;
}

async function outcome(bytes: Uint8Array): Promise<string> {
  try {
    const graph = await readModel(bytes, 'm.keras', async () => new Uint8Array());
    try {
      const about = summarize(graph, { model: 'm', name: 'm.keras' }, bytes.length);
      new OpenModel(graph, { ...about, fingerprint: { size: 0, hash: '' } });
      return 'a model';
    } finally {
      graph.dispose();
    }
  } catch (error) {
    const isTyped = error instanceof ModelError || error instanceof EngineError;
    const said = (error as Error).message;
    return isTyped && !MACHINE.test(said.replace(/“[^”]*”/g, '')) ? 'a sentence' : ((error as Error).stack ?? said);
  }
}

describe.each(['plain.keras3.keras', 'inference_call.keras3.keras', 'operators.keras3.keras'])('%s', file => {
  const entries = unzipSync(bytesOf(file));
  const text = strFromU8(entries['config.json']);
  const write = (config: string): Uint8Array => zipSync({ ...entries, 'config.json': strToU8(config) }, { level: 0 });

  it.each(NAMES)('with %s in the place of each string', async name => {
    const config = JSON.parse(text) as unknown;
    // What is the same at several places is put there at once, as names and what refers to them.
    const values = new Set(strings(config).map(({ value }) => value));
    for (const value of values) {
      const said = await outcome(write(text.replaceAll(JSON.stringify(value), JSON.stringify(name))));
      expect(`${value}: ${said}`).toMatch(/: a (?:model|sentence)$/);
    }
  });

  it.each(NAMES)('with %s in the place of each kind of string by itself', async name => {
    const config = JSON.parse(text) as unknown;
    const kinds = new Map(strings(config).map(place => [place.path.replace(/\/\d+(?=\/)/g, '/n'), place]));
    for (const [kind, { holder, key, value }] of kinds) {
      holder[key] = name;
      const said = await outcome(write(JSON.stringify(config)));
      expect(`${kind}: ${said}`).toMatch(/: a (?:model|sentence)$/);
      holder[key] = value;
    }
  });
});
