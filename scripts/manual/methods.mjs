/** The method reference, from what a “?” in a view says. */
import { importSource } from '../../headless/bundle.mjs';

/** @param {string} kind as src/explain/kinds.ts has it */
const shows = kind =>
  kind === 'input-at-layer'
    ? 'The input, with the help of the layer.'
    : kind.startsWith('input')
      ? 'The input, whatever the layer.'
      : 'The chosen layer.';

/** @param {string} formula which may hold bars and underscores */
const code = formula => `\`\`\`text\n${formula}\n\`\`\``;

/**
 * @param {string} title
 * @param {{ formula: string, costs: import('../../src/messages/message').Message,
 *   misleads: import('../../src/messages/message').Message, paper?: { name: string, url: string } }} topic
 * @param {(message: import('../../src/messages/message').Message) => string} english
 * @param {string[]} rows more of them, first
 */
function section(title, { formula, costs, misleads, paper }, english, rows = []) {
  const lines = [
    ...rows,
    `**Costs.** ${english(costs)}`,
    `**Misleads.** ${english(misleads)}`,
    ...(paper ? [`**Paper.** [${paper.name}](${paper.url})`] : [])
  ];
  return `${title}\n\n${code(formula)}\n\n${lines.join('\n\n')}\n`;
}

/** @returns {Promise<string>} the page */
export async function methodReference() {
  const { METHOD_TOPICS, TOPICS } = await importSource('widgets/help/topics.ts');
  const { METHOD_LABELS } = await importSource('state/methods.ts');
  const { METHOD_KINDS } = await importSource('explain/kinds.ts');
  const { english } = await importSource('messages/message.ts');
  const methods = Object.keys(METHOD_TOPICS).map(name =>
    section(`### ${METHOD_LABELS[name]}`, METHOD_TOPICS[name], english, [
      `**In Python.** \`method="${name}"\``,
      `**Explains.** ${shows(METHOD_KINDS[name])}`
    ])
  );
  const choices = Object.entries(TOPICS).map(([name, topic]) =>
    section(`### ${name[0].toUpperCase()}${name.slice(1)}`, topic, english)
  );
  return `# Methods

Each method by its definition, what it costs, when it misleads, and its paper. The “?” beside a control of the view says the same: both come from one source. What the symbols have in common:

- A: the activations of the layer; Aₖ: those of its channel k.
- s: the score that is explained; g: its gradient at the layer; gₖ: that of channel k.
- x: the model's input; ds/dx: the gradient of the score there.
- mean and sum go over the places of the map.

Derivations, and which method suits which head: [How it works](how-it-works.md).

## The methods

${methods.join('\n')}
## Choices that change a map

${choices.join('\n')}`;
}
