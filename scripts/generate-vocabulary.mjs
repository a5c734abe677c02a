/**
 * Writes all that follows from src/state/vocabulary.json, the one place where a property
 * of a view is declared: TypeScript's types, defaults and tables, Python's
 * words and arguments, the payload's schema, the settings of new views and a
 * table of docs/payload.md. With --check, only says whether they are up to date.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import prettier from 'prettier';
import { keepUpToDate, root } from './generated-files.mjs';

const read = path => readFileSync(join(root, path), 'utf8');
const view = JSON.parse(read('src/state/vocabulary.json'));
const { properties, kinds } = view;
/** Lists of words; one that adds to another (`also`) has that one's behind its own. */
const words = Object.fromEntries(
  Object.entries(view.words).map(([type, { also, ...word }]) => [
    type,
    { ...word, values: [...word.values, ...(also ? view.words[also].values : [])] }
  ])
);

const NOTE = 'Generated from src/state/vocabulary.json by `npm run vocabulary`; do not edit.';
const quoted = value => `'${value}'`;
const quotedTwice = value => `"${value}"`;
/** RangeScope -> RANGE_SCOPES, LinkName -> LINK_NAMES: the list of a type's words. */
const listOf = type => `${type.replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase()}S`;

// TypeScript

const wordsOf = room =>
  Object.entries(words)
    .filter(([, word]) => (word.room ?? 'state') === room)
    .flatMap(([type, { doc, values }]) => [
      `/** ${doc} */`,
      `export const ${listOf(type)} = [${values.map(quoted).join(', ')}] as const;`,
      `export type ${type} = (typeof ${listOf(type)})[number];`,
      ''
    ]);

const typeOf = ({ kind, words: type }) =>
  kind === 'words' ? type : kind === 'words?' ? `${type} | null` : kinds[kind].typescript;

/** The check of a property: its kind, its words, and the largest count. */
const checkOf = ({ kind, words: type, most }) =>
  [
    `kind: ${quoted(kind)}`,
    ...(type ? [`words: ${listOf(type)}`] : []),
    ...(most === undefined ? [] : [`most: ${most}`])
  ].join(', ');

const linked = name => properties.filter(({ link }) => link === name).map(property => property.name);
const namesWith = flag => properties.filter(property => property[flag]).map(({ name }) => quoted(name));
const argumentOf = ({ argument, look }) => argument ?? look?.argument ?? null;

const explainTypes = ['ConventionName', 'MethodName', 'ScoreKind'];
/** The order of ESLint's imports. */
const byName = (a, b) => a.replace('type ', '').localeCompare(b.replace('type ', ''));

const stateTs = () => [
  `/** The properties of a view's state. ${NOTE} */`,
  `import type { OutputReading, Target } from '../explain/names';`,
  `import type { ${explainTypes.join(', ')} } from '../explain/vocabulary';`,
  `import type { Cursor, RegionOfInterest, Viewport } from './places';`,
  '',
  ...wordsOf('state'),
  'export interface ViewState {',
  '  /** The position pointed at; null outside. Never stored. */',
  '  cursor: Cursor | null;',
  ...properties.flatMap(property => [`  /** ${property.doc} */`, `  ${property.name}: ${typeOf(property)};`]),
  '}',
  '',
  '/** The state of a view of which nothing is set. */',
  'export const DEFAULT_STATE: Readonly<ViewState> = {',
  '  cursor: null,',
  ...properties.map(property => `  ${property.name}: ${JSON.stringify(property.default)},`),
  '};',
  '',
  '/** Properties that are stored. */',
  "export type StoredName = Exclude<keyof ViewState, 'cursor'>;",
  '',
  '/** The properties that each part of a link is about. What is missing is never linked. */',
  'export const LINKED_PROPERTIES: Readonly<Record<LinkName, readonly (keyof ViewState)[]>> = {',
  ...words.LinkName.values.map(
    name => `  ${name}: [${[...(name === 'cursor' ? ['cursor'] : []), ...linked(name)].map(quoted).join(', ')}],`
  ),
  '};',
  '',
  '/** The arguments of `gradlens.show` by property, but for `links`. */',
  'export const PYTHON_ARGUMENTS: readonly (readonly [StoredName, string])[] = [',
  ...properties
    .filter(property => argumentOf(property) && property.kind !== 'links')
    .map(property => `  [${quoted(property.name)}, ${quoted(argumentOf(property))}],`),
  '];',
  '',
  '/** Properties whose change asks for a new run of the model. */',
  `export const RUN_PROPERTIES: readonly (keyof ViewState)[] = [${namesWith('run').join(', ')}];`,
  '',
  '/** Properties that the picture stored with an output depends on, beside the map and its range. */',
  `export const PICTURE_PROPERTIES: readonly (keyof ViewState)[] = [${namesWith('picture').join(', ')}];`,
  '',
  "/** Properties whose default is one of the user's settings, under the same name. */",
  `export const SETTING_PROPERTIES: readonly StoredName[] = [${[...namesWith('setting'), quoted('links')].join(', ')}];`,
  ''
];

/** Beside the checks that use them, which are not loaded with JupyterLab. */
const checksTs = () => [
  `/** The check of each property of a view. ${NOTE} */`,
  `import { ${explainTypes.map(listOf).sort().join(', ')} } from '../explain/vocabulary';`,
  `import { ${[
    ...new Set(properties.flatMap(({ words: type }) => (type && !explainTypes.includes(type) ? [listOf(type)] : [])))
  ]
    .concat('type StoredName')
    .sort(byName)
    .join(', ')} } from '../state/vocabulary';`,
  '',
  'export interface PropertyCheck {',
  `  kind: ${Object.keys(kinds).map(quoted).join(' | ')};`,
  '  words?: readonly string[];',
  '  most?: number;',
  '}',
  '',
  'export const PROPERTY_CHECKS: Readonly<Record<StoredName, PropertyCheck>> = {',
  ...properties.map(property => `  ${property.name}: { ${checkOf(property)} },`),
  '};',
  ''
];

// Python

const looks = properties.filter(({ look }) => look);
const pythonType = ({ kind, words: type }) => type ?? kinds[kind].python;
/** A text in lines of at most 100 columns; those after the first are indented once more. */
function wrap(text, indent) {
  const lines = [indent];
  for (const word of text.split(' ')) {
    const line = lines[lines.length - 1];
    if (`${line} ${word}`.length > 100) {
      lines.push(`${indent}    ${word}`);
    } else {
      lines[lines.length - 1] = line.trim() === '' ? line + word : `${line} ${word}`;
    }
  }
  return lines;
}

/** A typed dictionary of one group of arguments, with what each means in its docstring. */
const lookClass = (name, base, doc, group) => {
  const explained = ({ words: type, look }) =>
    `${look.argument}: ${look.doc}${type ? ` One of ${words[type].values.map(word => `\`"${word}"\``).join(', ')}.` : ''}`;
  const fields = looks.filter(({ look }) => look.group === group);
  return [
    `class ${name}(${base}, total=False):`,
    `    """${doc}`,
    '',
    '    Attributes:',
    ...fields.flatMap(property => wrap(explained(property), '        ')),
    '    """',
    '',
    ...fields.map(property => `    ${property.look.argument}: ${pythonType(property)}`),
    '',
    ''
  ];
};

const python = () => [
  `"""The words and arguments of a view.\n\n${NOTE}\n"""`,
  '',
  'from __future__ import annotations',
  '',
  'from collections.abc import Iterable, Sequence',
  'from typing import Literal, TypedDict, get_args',
  '',
  ...Object.entries(words).flatMap(([type, { python: name, values }]) => [
    `${type} = Literal[`,
    ...values.map(value => `    ${quotedTwice(value)},`),
    ']',
    `${name}: tuple[${type}, ...] = get_args(${type})`,
    ''
  ]),
  '',
  ...lookClass(
    'MapLook',
    'TypedDict',
    "How maps are drawn and linked; the user's settings, or defaults, unless given.",
    'map'
  ),
  ...lookClass('Look', 'MapLook', 'The same, and how maps lie over pictures.', 'picture'),
  'LOOK_KINDS: dict[str, tuple[str, str, tuple[str, ...] | None, int | None]] = {',
  ...looks.map(
    ({ name, kind, words: type, most, look }) =>
      `    ${quotedTwice(look.argument)}: (${quotedTwice(name)}, ${quotedTwice(kind)}, ${type ? words[type].python : 'None'}, ${most ?? 'None'}),`
  ),
  '}',
  '"""By argument: the property of the payload\'s view, its kind, its words, and the largest count."""',
  ''
];
/** Words that the types of properties name. */
const namedTypes = () => {
  const types = properties.filter(argumentOf).map(pythonType).join(' ');
  return Object.keys(words)
    .filter(type => new RegExp(`\\b${type}\\b`).test(types))
    .sort();
};

const pythonProperties = () => [
  `"""The properties of a view, as attributes.\n\n${NOTE}\n"""`,
  '',
  'from __future__ import annotations',
  '',
  'from collections.abc import Iterable, Sequence',
  'from typing import Literal',
  '',
  'from .._arguments.vocabulary import (',
  ...namedTypes().map(type => `    ${type},`),
  ')',
  'from .property import Property',
  '',
  '',
  'class Properties:',
  '    """What a view tells and is told, under the names of the arguments of `show`.',
  '',
  '    Attributes:',
  ...properties
    .filter(argumentOf)
    .flatMap(property => wrap(`${argumentOf(property)}: ${property.look?.doc ?? property.doc}`, '        ')),
  '    """',
  '',
  ...properties
    .filter(argumentOf)
    .map(property => `    ${argumentOf(property)}: Property[${pythonType(property)}] = Property()`),
  ''
];

// JSON

/** The schema of a value, with the names of word lists replaced by their words. */
function schemaOf(property) {
  const { kind, words: type, most, doc } = property;
  if (kind === 'links') {
    return {
      description: doc,
      type: 'object',
      propertyNames: { enum: words.LinkName.values },
      additionalProperties: { enum: words.LinkMode.values }
    };
  }
  const schema = type
    ? { enum: [...words[type].values, ...(kind === 'words?' ? [null] : [])] }
    : JSON.parse(JSON.stringify(kinds[kind].schema), (key, value) =>
        key === 'enum' && typeof value === 'string' ? words[value].values : value
      );
  return { description: doc, ...schema, ...(most === undefined ? {} : { maximum: most }) };
}

function payloadSchema() {
  const schema = JSON.parse(read('gradlens/payload-v1.schema.json'));
  schema.$defs.ViewState.properties = Object.fromEntries(
    properties.map(property => [property.name, schemaOf(property)])
  );
  schema.$defs.Preprocess.oneOf[1].enum = words.PreprocessName.values;
  schema.$defs.ModelPayload.properties.interpolation.enum = words.Interpolation.values;
  return JSON.stringify(schema);
}

function settingOf({ kind, words: type, most, setting, default: value }) {
  switch (kind) {
    case 'words':
      return { ...setting, type: 'string', enum: words[type].values, default: value };
    case 'words?':
      return { ...setting, type: 'string', enum: ['none', ...words[type].values], default: value ?? 'none' };
    case 'range':
      return { ...setting, type: 'string', enum: words.RangeRule.values, default: value };
    case 'share':
      return { ...setting, type: 'number', minimum: 0, maximum: 1, default: value };
    case 'count':
      return { ...setting, type: 'integer', minimum: 0, maximum: most, default: value };
    case 'flag-or-auto':
      return { ...setting, enum: kinds[kind].schema.enum, default: value };
    default:
      return { ...setting, type: 'boolean', default: value };
  }
}

const linkSetting = name => ({
  title: view.linkTitles[name],
  type: 'string',
  enum: words.LinkMode.values.filter(mode => mode !== 'relative' || name === 'viewport'),
  default: 'linked'
});

function settings() {
  const schema = JSON.parse(read('schema/settings.json'));
  const made = {
    ...Object.fromEntries(
      properties.filter(({ setting }) => setting).map(property => [property.name, settingOf(property)])
    ),
    links: {
      ...schema.properties.links,
      properties: Object.fromEntries(words.LinkName.values.map(name => [name, linkSetting(name)])),
      default: Object.fromEntries(words.LinkName.values.map(name => [name, 'linked']))
    }
  };
  const { backend, ...others } = schema.properties;
  const rest = Object.entries(others).filter(([name]) => !(name in made));
  schema.properties = { backend, ...made, ...Object.fromEntries(rest) };
  return JSON.stringify(schema);
}

// Markdown

function valuesOf({ kind, words: type, most }) {
  if (type) {
    return [
      ...words[type].values.map(value => `\`${quotedTwice(value)}\``),
      ...(kind === 'words?' ? ['null'] : [])
    ].join(', ');
  }
  const plain = {
    flag: 'true or false',
    count: `0..${most}`,
    index: 'index',
    'index?': 'index or null',
    indices: 'a list of indices'
  };
  const text = kinds[kind].values ?? plain[kind] ?? 'a name';
  return kind.endsWith('?') && !text.includes('null') ? `${text}, or null` : text;
}

const defaultOf = property =>
  property.name === 'links'
    ? ''
    : `${property.setting ? "the user's setting, " : ''}\`${JSON.stringify(property.default).replaceAll('"', '')}\``;

function docs() {
  const [before, , after] = read('docs/payload.md').split(/(?<=<!-- view -->\n)([\s\S]*?)(?=<!-- \/view -->)/);
  const rows = properties.map(
    property => `| \`${property.name}\` | ${property.doc} | ${valuesOf(property)} | ${defaultOf(property)} |`
  );
  return [`${before}\n| Field | Meaning | Values | Default |`, '|---|---|---|---|', ...rows, '', after].join('\n');
}

const options = await prettier.resolveConfig(join(root, 'package.json'));
const formatted = (text, parser) => prettier.format(text, { ...options, parser });
const note = doc => [`/** ${doc} ${NOTE} */`, ''];
const files = [
  [
    'src/explain/vocabulary.ts',
    await formatted([...note('The words of an explanation.'), ...wordsOf('explain')].join('\n'), 'typescript')
  ],
  [
    'src/mime/vocabulary.ts',
    await formatted([...note("The words of a payload's pictures."), ...wordsOf('mime')].join('\n'), 'typescript')
  ],
  ['src/mime/property-checks.ts', await formatted(checksTs().join('\n'), 'typescript')],
  ['src/state/vocabulary.ts', await formatted(stateTs().join('\n'), 'typescript')],
  ['gradlens/_arguments/vocabulary.py', python().join('\n')],
  ['gradlens/_live/properties.py', pythonProperties().join('\n')],
  ['gradlens/payload-v1.schema.json', await formatted(payloadSchema(), 'json')],
  ['schema/settings.json', await formatted(settings(), 'json')],
  ['docs/payload.md', docs()]
];
for (const [path, text] of files) {
  keepUpToDate(path, text, 'vocabulary');
}
