import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { withPictures } from './gallery.mjs';
import { checkLinks } from './links.mjs';
import { methodReference } from './methods.mjs';
import { kindOf, payloadSchema } from './schema.mjs';
import { beside, brokenInRepository, inManual } from './source.mjs';

test('links that lead nowhere are found, each with its page', () => {
  const site = mkdtempSync(join(tmpdir(), 'gradlens-links-'));
  try {
    mkdirSync(join(site, 'a'));
    writeFileSync(join(site, 'index.html'), '<h1 id="top">x</h1><a href="a/b.html#here">b</a><a href="#top">t</a>');
    const others =
      '<a href="../index.html#gone">1</a><img src="no.png"><a href="https:/x">2</a><a href="../c.html">3</a>';
    writeFileSync(join(site, 'a/b.html'), `<p id="here">${others}<a href="https://arxiv.org/abs/1">fine</a></p>`);
    const { count, broken } = checkLinks(site);
    assert.equal(count, 7);
    assert.deepEqual(broken, [
      'a/b.html: ../index.html#gone has an anchor that is not there.',
      'a/b.html: no.png leads nowhere.',
      'a/b.html: https:/x is no address.',
      'a/b.html: ../c.html leads nowhere.'
    ]);
  } finally {
    rmSync(site, { recursive: true });
  }
});

test('the repository’s own Markdown has whole links', () => assert.deepEqual(brokenInRepository(), []));

test('a page links to the repository where a file is not in the manual', () => {
  const made = inManual('[a](../bench/README.md#x) [b](viewer.md) [c](https://x.org/)', 'sidebar.md');
  assert.match(made, /^\[a\]\(https:\/\/\S+\/bench\/README\.md#x\) \[b\]\(viewer\.md\) \[c\]\(https:\/\/x\.org\/\)$/);
  assert.throws(() => inManual('[a](../none.md)', 'sidebar.md'), /docs\/sidebar\.md links to \.\.\/none\.md/);
});

test('every method has its formula, cost, pitfall and paper', async () => {
  const sections = (await methodReference()).split(/^### /m).slice(1);
  const methods = sections.filter(text => text.includes('**In Python.**'));
  assert.equal(methods.length, 14);
  for (const text of methods) {
    assert.match(
      text,
      /```text\n.+\n```[\s\S]*\*\*Costs\.\*\* .+[\s\S]*\*\*Misleads\.\*\* .+[\s\S]*\*\*Paper\.\*\* \[/
    );
  }
});

test('every definition of the schema has its section, with links to others', () => {
  const page = payloadSchema();
  assert.match(page, /^\| `images` \| array of \[Image\]\(#image\) \| yes \|/m);
  assert.equal(
    kindOf({ type: 'array', items: { type: 'integer', minimum: 1 }, minItems: 2, maxItems: 2 }),
    'array of integer, 1 or more, 2 of them'
  );
  assert.equal(kindOf({ enum: ['a', 'b'] }), '`"a"`, `"b"`');
});

test('two tools’ cells stand side by side, a cell alone does not', () => {
  const cell = name => `**${name}**\n\n\`\`\`python\nx = 1\n\`\`\`\n\n`;
  const made = beside(`Words.\n\n${cell('Captum')}${cell('GradLens')}More.\n`);
  assert.equal(made.match(/:::\{container\} column/g)?.length, 2);
  assert.match(made, /^Words\.\n\n::::\{container\} beside[\s\S]*::::\n\nMore\.\n$/);
  assert.equal(beside(cell('GradLens')), cell('GradLens'));
});

test('a picture of the gallery stands above its cell', () => {
  const made = withPictures('# Gallery\n\n## Two waves\n\nA sentence.\n\n```python\nx\n```\n');
  assert.match(made, /A sentence\.\n\n```\{image\} gallery-images\/two-waves-light\.png/);
  assert.match(made, /:class: only-dark/);
});
