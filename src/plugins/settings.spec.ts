/** The schema that the Settings Editor shows, held against the names that the code knows. */
import { readFileSync } from 'node:fs';
import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import { Signal } from '@lumino/signaling';
import { describe, expect, it } from 'vitest';
import { CONVENTION_NAMES, METHOD_NAMES } from '../explain/vocabulary';
import { LINK_NAMES } from '../state/vocabulary';
import { DEFAULT_STATE } from '../state/vocabulary';
import { Settings } from './settings';

interface Property {
  title?: string;
  description?: string;
  default?: unknown;
  enum?: string[];
  properties?: Record<string, Property>;
}

const schema = JSON.parse(readFileSync(new URL('../../schema/settings.json', import.meta.url), 'utf8')) as {
  properties: Record<string, Property>;
};
const { properties } = schema;

/** Settings as JupyterLab gives them, which a test may change. */
function registry(changes: Record<string, unknown>): {
  settings: ISettingRegistry.ISettings;
  set(name: string, value: unknown): void;
} {
  const user = { ...changes };
  const owner = { get: (name: string) => ({ user: user[name], composite: user[name] ?? properties[name]?.default }) };
  const changed = new Signal<typeof owner, void>(owner);
  const settings = Object.assign(owner, { changed }) as unknown as ISettingRegistry.ISettings;
  return {
    settings,
    set: (name, value) => {
      user[name] = value;
      changed.emit();
    }
  };
}

describe('the schema', () => {
  it.each(Object.keys(properties))('%s has a title, a description and a default', name => {
    const { title, description, default: value } = properties[name];
    expect(title).toBeTruthy();
    expect(description).toBeTruthy();
    expect(value).not.toBeUndefined();
  });

  it('offers every method, convention and link there is', () => {
    expect(properties.method.enum).toEqual(METHOD_NAMES);
    expect(properties.convention.enum).toEqual(['none', ...CONVENTION_NAMES]);
    expect(Object.keys(properties.links.properties ?? {})).toEqual(LINK_NAMES);
  });

  it('has the defaults of a view that nobody has set anything of', async () => {
    const settings = new Settings(Promise.resolve(registry({}).settings));
    await settings.ready;
    const { links, ...rest } = settings.viewDefaults;
    expect(DEFAULT_STATE).toMatchObject(rest);
    // Not named: the model's head chooses.
    expect(rest).not.toHaveProperty('method');
    expect(new Set(Object.values(links ?? {}))).toEqual(new Set(['linked']));
  });

  it('has the numbers that hold before the settings are read', async () => {
    const unread = new Settings(null);
    const read = new Settings(Promise.resolve(registry({}).settings));
    await read.ready;
    for (const name of [
      'askAbove',
      'memoryBudget',
      'forwardCache',
      'workers',
      'workerMemory',
      'modelCache',
      'keptResults',
      'wheel',
      'backend'
    ] as const) {
      expect(read[name]).toBe(unread[name]);
    }
  });
});

describe('what the user sets', () => {
  it('holds at once', async () => {
    const { settings: from, set } = registry({ method: 'eigen-cam' });
    const settings = new Settings(Promise.resolve(from));
    await settings.ready;
    expect(settings.viewDefaults).toMatchObject({ method: 'eigen-cam', convention: null });
    let changes = 0;
    settings.changed.connect(() => changes++);
    set('convention', 'captum');
    set('wheel', 'zoom');
    set('modelCache', 2);
    set('forwardCache', 3);
    set('workers', 3);
    expect(changes).toBe(5);
    expect(settings.viewDefaults.convention).toBe('captum');
    expect([settings.wheel, settings.modelCache, settings.forwardCache]).toEqual(['zoom', 2e6, 3e6]);
    expect(settings.workers).toBe(3);
    set('workers', 0);
    expect(settings.workers).toBeNull();
  });
});
