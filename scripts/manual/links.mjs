/** Checks the links of a built site: what is local must be there, anchors too; what is not must be an address. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/** @param {string} text */
const unescaped = text => text.replaceAll('&amp;', '&').replaceAll('&#x27;', "'").replaceAll('&quot;', '"');

/** @param {string} html @param {RegExp} pattern */
const all = (html, pattern) => [...html.matchAll(pattern)].map(match => unescaped(match[1]));

/** @param {string} address @returns {boolean} an address that a browser could ask: no network is here to ask it */
function isAddress(address) {
  try {
    const { protocol, hostname } = new URL(address);
    return protocol === 'mailto:' || (/^https?:$/.test(protocol) && /^[\w-]+(?:\.[\w-]+)+$/.test(hostname));
  } catch {
    return false;
  }
}

/**
 * @param {string} site folder of a built site
 * @returns {{ count: number, broken: string[] }} how many links there are, and what is wrong, one sentence each
 */
export function checkLinks(site) {
  const pages = readdirSync(site, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.html'));
  /** @type {Map<string, { ids: Set<string>, links: string[] }>} */
  const known = new Map();
  for (const name of pages) {
    const html = readFileSync(join(site, name), 'utf8').replace(/<script\b[\s\S]*?<\/script>/g, '');
    known.set(name, {
      ids: new Set(all(html, /\s(?:id|name)="([^"]+)"/g)),
      links: all(html, /<(?:a|img|link|source|iframe)\b[^>]*?\s(?:href|src)="([^"]*)"/g)
    });
  }
  const broken = [];
  let count = 0;
  for (const [page, { links }] of known) {
    for (const link of links) {
      count += 1;
      const problem = problemOf(site, page, link, known);
      if (problem) {
        broken.push(`${page}: ${link} ${problem}.`);
      }
    }
  }
  return { count, broken };
}

/**
 * @param {string} site @param {string} page @param {string} link
 * @param {Map<string, { ids: Set<string> }>} known
 * @returns {string | null}
 */
function problemOf(site, page, link, known) {
  if (/^data:/.test(link)) {
    return null;
  }
  if (/^[a-z][a-z+.-]*:|^\/\//i.test(link)) {
    return isAddress(link) ? null : 'is no address';
  }
  const [path, anchor = ''] = link.split('#');
  let file = path ? resolve(site, dirname(page), decodeURIComponent(path.split('?')[0])) : join(site, page);
  if (existsSync(file) && statSync(file).isDirectory()) {
    file = join(file, 'index.html');
  }
  if (!existsSync(file)) {
    return 'leads nowhere';
  }
  const target = known.get(relative(site, file));
  const missing = anchor && target && !target.ids.has(decodeURIComponent(anchor));
  return missing ? 'has an anchor that is not there' : null;
}
