import { describe, expect, it } from 'vitest';
import { english, MessageError } from '../../messages/message';
import { ViewSession } from '../view/view-session';
import { MOST_JSON, parseStory, type Story } from './story';
import { StoryPlayer } from './story-player';

const TWO: Story = {
  version: 1,
  title: 'Tank',
  steps: [
    { view: { layer: 'conv1', opacity: 0.2 }, text: 'Edges.' },
    { view: { layer: 'conv4', opacity: 0.8 }, text: 'The sky.', question: 'Where does it look?' }
  ]
};

const why = (raw: unknown): string => {
  try {
    parseStory(typeof raw === 'string' ? raw : JSON.stringify(raw));
  } catch (error) {
    return error instanceof MessageError ? english(error.sentence) : 'no sentence';
  }
  return 'read';
};

const bench = (story?: unknown): { player: StoryPlayer; session: ViewSession; kept: unknown[] } => {
  const session = new ViewSession('view');
  const kept: unknown[] = [];
  const player = new StoryPlayer(session, { story, keepStory: one => kept.push(one) });
  return { player, session, kept };
};

describe('a file of a story', () => {
  it('is read as it was written', () => {
    const { player } = bench(TWO);
    expect(parseStory(player.toJSON())).toEqual(TWO);
    expect(why(TWO)).toBe('read');
  });

  it.each([
    ['not JSON', '<script>', /it is not JSON/],
    ['a list', [], /not an object/],
    ['of another version', { ...TWO, version: 2 }, /version/],
    ['with an unknown property', { ...TWO, onload: 'x' }, /“onload” is no property of a story/],
    ['with a prototype', '{"version":1,"steps":[],"__proto__":{"a":1}}', /“__proto__” is no property of a story/],
    ['with an unknown property of a step', { version: 1, steps: [{ view: {}, text: '', html: '' }] }, /step 1, “html”/],
    ['with a text that is none', { version: 1, steps: [{ view: {}, text: 5 }] }, /in step 1, “text” is not/],
    ['with a long text', { version: 1, steps: [{ view: {}, text: 'x'.repeat(2001) }] }, /at most 2000/],
    ['with an unknown property of a view', { version: 1, steps: [{ view: { zap: 1 }, text: '' }] }, /“zap” is no prop/],
    ['with a bad view', { version: 1, steps: [{ view: { opacity: 7 }, text: '' }] }, /step 1, “view.opacity” is not/],
    ['without a view', { version: 1, steps: [{ text: '' }] }, /“view” is not an object/],
    ['with too many steps', { version: 1, steps: Array(101).fill({ view: {}, text: '' }) }, /101 steps, and 100/],
    ['that is huge', ' '.repeat(MOST_JSON + 1), /more than 500000 characters/],
    ['that is deep', '['.repeat(10_000), /deep in one another/]
  ])('%s gets a sentence', (_, raw, sentence) => {
    expect(why(raw)).toMatch(sentence);
    expect(why(raw)).toMatch(/^GradLens cannot tell this story: /);
  });
});

describe('a player', () => {
  it('shows the steps in turn, without keeping that', () => {
    const { player, session, kept } = bench(TWO);
    player.step(1);
    expect(session.state).toMatchObject({ layer: 'conv1', opacity: 0.2 });
    expect(session.keptJSON()).toEqual({});
    expect(kept).toEqual([]);
  });

  it('keeps what was set by hand as it was, whatever is told', () => {
    const session = new ViewSession('view', {}, { layer: 'conv9' });
    const player = new StoryPlayer(session, { story: TWO, keepStory: () => undefined });
    player.go(0);
    expect(session.state.layer).toBe('conv1');
    expect(session.keptJSON()).toEqual({ layer: 'conv9' });
    expect(session.isAsByHand('layer')).toBe(false);
    session.update({ layer: 'conv2' });
    expect([session.keptJSON(), session.isAsByHand('layer')]).toEqual([{ layer: 'conv2' }, true]);
  });

  it('writes nothing over a story that it cannot read, until another is loaded', () => {
    const { player, kept } = bench({ ...TWO, version: 2 });
    player.record('Mine.', '');
    expect(kept).toEqual([]);
    expect(player.snapshot.problem && english(player.snapshot.problem)).toMatch(/nothing is written over it/);
    player.load(JSON.stringify(TWO));
    player.record('Mine.', '');
    expect(player.snapshot.story.steps).toHaveLength(3);
    expect(kept).toHaveLength(2);
  });

  it('records no step that could not be read again', () => {
    const { player, session } = bench();
    const polygon = Array.from({ length: 4000 }, (_, i): [number, number] => [i / 7919, 1 / (i + 3)]);
    session.update({ region: { shape: 'lasso', points: polygon } as never });
    for (let step = 0; step < 20; step++) {
      player.record('', '');
    }
    expect(player.snapshot.problem && english(player.snapshot.problem)).toMatch(/at most 500000 characters/);
    expect(player.snapshot.story.steps.length).toBeGreaterThan(1);
    expect(JSON.stringify(player.snapshot.story).length).toBeLessThanOrEqual(MOST_JSON);
    expect(player.toJSON().length).toBeLessThanOrEqual(MOST_JSON);
  });

  it('hides what a question is about until it is answered', () => {
    const { player, session } = bench(TWO);
    player.go(0);
    player.step(1);
    expect(player.snapshot).toMatchObject({ at: 1, isAsking: true });
    expect(session.state).toMatchObject({ layer: 'conv1', opacity: 0.2 });
    player.step(1);
    expect(player.snapshot).toMatchObject({ at: 1, isAsking: true });
    player.answer('At the tank.');
    expect(player.snapshot).toMatchObject({ isAsking: false, answer: 'At the tank.' });
    expect(session.state).toMatchObject({ layer: 'conv4', opacity: 0.8 });
    player.step(-1);
    player.step(1);
    expect(session.state.layer).toBe('conv4');
  });

  it('shows a bare picture where the first step asks', () => {
    const { player, session } = bench({ version: 1, steps: [{ ...TWO.steps[1], view: { image: 3 } }] });
    player.step(1);
    expect(session.state).toMatchObject({ image: 3, opacity: 0, overlay: 'blend' });
    player.answer('x');
    expect(session.state).toMatchObject({ image: 3, opacity: 0.6 });
  });

  it('leaves how views are linked as it is', () => {
    const { player, session } = bench(TWO);
    session.update({ linkScope: 'page' });
    player.go(0);
    expect(session.state.linkScope).toBe('page');
    player.record('', '');
    expect(player.snapshot.step?.view).not.toHaveProperty('linkScope');
  });

  it('records behind the step that is told, and keeps it', () => {
    const { player, session, kept } = bench();
    session.update({ layer: 'conv2' });
    player.record('One.', '');
    session.update({ layer: 'conv3' });
    player.record('Two.', 'What?');
    const { steps } = player.snapshot.story;
    expect(steps.map(({ text, view }) => [text, view.layer])).toEqual([
      ['One.', 'conv2'],
      ['Two.', 'conv3']
    ]);
    // Who recorded the question is not asked.
    expect(player.snapshot.isAsking).toBe(false);
    expect(kept).toHaveLength(2);
    expect(kept[1]).toEqual(player.snapshot.story);
  });

  it('moves, words and deletes steps, and stays at the one that is told', () => {
    const { player, kept } = bench(TWO);
    player.go(0);
    player.move(0, 1);
    expect(player.snapshot).toMatchObject({ at: 1, step: TWO.steps[0] });
    player.move(1, 1);
    expect(player.snapshot.at).toBe(1);
    player.edit(1, 'Edges, and more.', '');
    expect(player.snapshot.step?.text).toBe('Edges, and more.');
    player.remove(0);
    expect(player.snapshot).toMatchObject({ at: 0, step: { text: 'Edges, and more.' } });
    player.load(JSON.stringify(TWO));
    player.remove(0);
    // The next is told, and so it is shown: its question first.
    expect(player.snapshot).toMatchObject({ at: 0, isAsking: true });
    player.remove(0);
    expect(player.snapshot).toMatchObject({ at: -1, step: null });
    expect(kept.at(-1)).toBeUndefined();
  });

  it('refuses a damaged file with a sentence, and stays with its story', () => {
    const { player } = bench(TWO);
    player.load('{"version":3}');
    expect(player.snapshot.problem && english(player.snapshot.problem)).toMatch(/“version” is not 1/);
    expect(player.snapshot.story).toEqual(TWO);
    player.load(JSON.stringify({ version: 1, steps: [{ view: { layer: 'a' }, text: '' }] }));
    expect(player.snapshot).toMatchObject({ at: 0, problem: null });
  });

  it('says what is wrong with a story that a notebook holds', () => {
    const { player } = bench({ version: 1, steps: 'all' });
    expect(player.snapshot.problem && english(player.snapshot.problem)).toMatch(/“steps” is not a list/);
  });
});
