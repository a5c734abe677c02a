/** The reference of the payload, from its JSON schema. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../setup.mjs';

/** @typedef {Record<string, any>} Schema */

/** @param {unknown} value */
const word = value => `\`${JSON.stringify(value)}\``;

/** @param {Schema} schema @returns {string[]} what else a value must be */
function limits(schema) {
  const found = [];
  const { minimum, maximum, minItems, maxItems, pattern, contentEncoding, exclusiveMinimum } = schema;
  if (exclusiveMinimum !== undefined) {
    found.push(`more than ${exclusiveMinimum}`);
  }
  if (minimum !== undefined || maximum !== undefined) {
    found.push(maximum === undefined ? `${minimum} or more` : `${minimum ?? '…'} to ${maximum}`);
  }
  if (minItems !== undefined || maxItems !== undefined) {
    const count =
      minItems === maxItems ? `${minItems}` : maxItems ? `${minItems ?? 0} to ${maxItems}` : `${minItems} or more`;
    found.push(`${count} of them`);
  }
  if (pattern) {
    found.push(`matches \`${pattern}\``);
  }
  if (contentEncoding) {
    found.push(contentEncoding);
  }
  return found;
}

/** @param {Schema} schema @returns {string} what values it takes, in a few words */
export function kindOf(schema) {
  if (schema.$ref) {
    const name = schema.$ref.split('/').at(-1);
    return `[${name}](#${name.toLowerCase()})`;
  }
  if ('const' in schema) {
    return word(schema.const);
  }
  if (schema.enum) {
    return schema.enum.map(word).join(', ');
  }
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices && !schema.properties) {
    return choices.map(kindOf).join(' or ');
  }
  const said = [schema.type ?? []].flat().join(' or ');
  if (schema.type === 'array') {
    const items = schema.prefixItems ? schema.prefixItems.map(kindOf).join(', ') : schema.items && kindOf(schema.items);
    return [`array${items ? ` of ${items}` : ''}`, ...limits(schema)].join(', ');
  }
  if (schema.type === 'object') {
    const own = Object.entries(schema.properties ?? {}).map(([name, value]) => `\`${name}\`: ${kindOf(value)}`);
    const others =
      typeof schema.additionalProperties === 'object' ? [`any name: ${kindOf(schema.additionalProperties)}`] : [];
    const parts = [...own, ...others];
    return parts.length ? `object (${parts.join('; ')})` : 'object';
  }
  return [said || 'anything', ...limits(schema)].join(', ');
}

/** @param {string} text */
const inTable = text => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** @param {string} name @param {Schema} schema @param {Record<string, Schema>} all */
function section(name, schema, all) {
  const { description, properties, required = [] } = schema;
  const about = description ? `${description}\n\n` : '';
  if (!properties) {
    return `## ${name}\n\n${about}Values: ${kindOf(schema)}.\n`;
  }
  const rows = Object.entries(properties).map(([field, value]) => {
    const needed = required.includes(field) ? 'yes' : '';
    return `| \`${field}\` | ${inTable(kindOf(value))} | ${needed} | ${inTable(value.description ?? all[value.$ref?.split('/').at(-1)]?.description ?? '')} |`;
  });
  return `## ${name}\n\n${about}| Field | Values | Required | Meaning |\n|---|---|---|---|\n${rows.join('\n')}\n`;
}

/** @returns {string} the page */
export function payloadSchema() {
  const schema = JSON.parse(readFileSync(join(root, 'gradlens/payload-v1.schema.json'), 'utf8'));
  const sections = Object.entries(/** @type {Record<string, Schema>} */ (schema.$defs)).map(([name, value]) =>
    section(name, value, schema.$defs)
  );
  const kinds = schema.oneOf.map(kindOf).join(' or ');
  return `# Payload: every field

${schema.description} What the fields are for, with examples: [The payload](payload.md). This page is made from the JSON schema in the package, \`gradlens/payload-v1.schema.json\`, by which Python and the browser check what they write and read. A payload is ${kinds}; fields that are not named here are refused.

${sections.join('\n')}`;
}
