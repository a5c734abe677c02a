import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { HealthFindings } from '../../engine/protocol/health';
import { message } from '../../messages/message';
import { FAKE_MODEL, fakeModelView, PIXEL } from '../../widgets/testing/fake-model';
import { type SetMap, setQuestion } from '../set/set-maps';
import { Findings, type FindingsStore } from './findings';
import { type PackedFindings, type PackedHealth, readFindings } from './packed-findings';

const MODEL = { ...FAKE_MODEL, fingerprint: { size: 10, hash: 'a'.repeat(64) } };

const HEALTH: HealthFindings = {
  images: 2,
  layers: [
    {
      layer: 'conv1',
      health: {
        channels: 5,
        positions: 128,
        ends: { rectifies: true, low: 0, high: null },
        kinds: ['dead', 'constant', 'saturated', 'live', 'duplicate'],
        twins: [{ channel: 4, like: 3, correlation: 0.9987 }],
        atEnds: 0.25,
        isCompared: true
      }
    },
    { layer: 'conv2', health: message('It has values that are no numbers.') }
  ],
  problems: [message('%1 could not be read.', 'b.png')]
};
const RANKING = { layer: 'conv2', by: 'zero' as const, score: 2.5, scores: Float64Array.of(1.5, NaN, 0.25) };

const IMAGES = ['a', 'b', 'c'].map(name => ({ name, picture: PIXEL, slices: name.charCodeAt(0) }));

class Store implements FindingsStore {
  findings: unknown;
  findingsRoom = 1e6;
  keepFindings(findings: unknown): void {
    // As a notebook has it.
    this.findings = findings === undefined ? undefined : JSON.parse(JSON.stringify(findings));
  }
}

const map = (values: number[], index = 0): SetMap => ({
  values: Float32Array.from(values),
  height: 1,
  width: values.length,
  place: { u0: 0, v0: 0, u1: 1, v1: 0.5 },
  index,
  input: { height: 4, width: 4 }
});

describe('what checks found', () => {
  let fake: ReturnType<typeof fakeModelView>;
  let store: Store;
  beforeEach(async () => {
    fake = fakeModelView({}, { images: IMAGES }, MODEL);
    await fake.controller.start();
    store = new Store();
  });
  const explained = () => fake.controller.snapshot.explained!;
  const again = (): Findings => new Findings(fake.controller, store);

  it('is found again as it was, by who opens the notebook', async () => {
    const findings = again();
    findings.keepHealth(HEALTH);
    findings.keepRanking(explained(), RANKING);
    const question = setQuestion(explained(), 'predicted');
    const maps = new Map([
      [0, map([1, 2, 3])],
      [1, map([0.5, -4, 0], 2)],
      [2, map([7, 8])]
    ]);
    await findings.keepMaps(question, maps);
    const opened = again();
    expect(opened.health).toEqual(HEALTH);
    expect(opened.health).toBe(opened.health);
    expect(opened.ranking(explained(), 'zero')).toEqual(RANKING);
    expect(opened.ranking(explained(), 'mean')).toBeNull();
    expect(opened.ranking({ ...explained(), target: 1 }, 'zero')).toBeNull();
    // Halves say these numbers exactly.
    expect(await opened.maps()).toEqual({ question, found: maps });
  });

  it('is not found for pictures that are fed otherwise, nor of a set for a picture that is another', async () => {
    const findings = again();
    findings.keepHealth(HEALTH);
    await findings.keepMaps(
      setQuestion(explained(), 'predicted'),
      new Map([
        [0, map([1])],
        [1, map([2])]
      ])
    );
    const { controller } = fakeModelView({}, { images: [IMAGES[0], IMAGES[2]] }, MODEL);
    await controller.start();
    const other = new Findings(controller, store);
    expect(other.health).toBeNull();
    expect([...(await other.maps())!.found.keys()]).toEqual([0]);
  });

  it('takes no more room than there is: what was found last stays, and of a set as many maps as fit', async () => {
    const findings = again();
    findings.keepHealth(HEALTH);
    const all = new Map(Array.from({ length: 3 }, (_, i) => [i, map(Array.from({ length: 400 + i }, Math.random))]));
    await findings.keepMaps(setQuestion(explained(), 'predicted'), all);
    const whole = JSON.stringify(store.findings).length;
    store.findingsRoom = whole - 200;
    findings.keepRanking(explained(), RANKING);
    const kept = store.findings as PackedFindings;
    expect(JSON.stringify(kept).length).toBeLessThanOrEqual(store.findingsRoom);
    expect(kept.found.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['set', 'ranking']));
    expect((await again().maps())!.found.size).toBeLessThan(3);
    store.findingsRoom = 0;
    findings.keepRanking(explained(), RANKING);
    expect(store.findings).toBeUndefined();
  });

  it('counts as not kept where it is damaged', () => {
    const findings = again();
    findings.keepHealth(HEALTH);
    const good = store.findings as PackedFindings;
    expect(readFindings(good)).toHaveLength(1);
    const [health] = good.found;
    const layer = (more: object): unknown => ({
      ...good,
      found: [{ ...health, layers: [{ ...(health as PackedHealth).layers[0], ...more }] }]
    });
    expect(readFindings(layer({ kinds: 'd.' }))).toHaveLength(1);
    for (const bad of [
      null,
      [],
      { ...good, version: 2 },
      { ...good, found: [{ ...health, kind: '__proto__' }] },
      { ...good, found: [{ ...health, model: undefined }] },
      layer({ kinds: 'x' }),
      layer({ twins: [[1, 2]] })
    ]) {
      expect(readFindings(bad)).toEqual([]);
    }
  });

  it('tells those who show it', () => {
    const findings = again();
    const told = vi.fn();
    findings.changed.connect(told);
    findings.keepHealth(HEALTH);
    expect(told).toHaveBeenCalledTimes(1);
  });
});
