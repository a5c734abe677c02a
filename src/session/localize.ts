/**
 * Sentences that were made where there is no translator (see ../say), in the
 * user's language: each is recognised by the template that it was made from.
 */
import type { TranslationBundle } from '@jupyterlab/translation';

interface Pattern {
  template: string;
  /** Its fixed characters: the more, the surer. */
  weight: number;
  matcher: RegExp;
  /** Which %n each group is. */
  order: number[];
}

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function patternOf(template: string): Pattern {
  const order: number[] = [];
  let source = '';
  let weight = 0;
  for (const part of template.split(/(%%|%\d+)/)) {
    if (part === '%%') {
      source += '%';
      weight++;
    } else if (/^%\d+$/.test(part)) {
      const known = order.indexOf(Number(part.slice(1)));
      source += known < 0 ? '([\\s\\S]*?)' : `\\${known + 1}`;
      if (known < 0) {
        order.push(Number(part.slice(1)));
      }
    } else {
      source += escape(part);
      weight += part.length;
    }
  }
  return { template, weight, matcher: new RegExp(`^${source}$`), order };
}

/** Makes what translates sentences made from `templates`; other texts come back as they are. */
export function localizer(templates: readonly string[], trans: TranslationBundle): (text: string) => string {
  const patterns = templates.map(patternOf).sort((a, b) => b.weight - a.weight);
  const localize = (text: string): string => {
    for (const { template, matcher, order } of patterns) {
      const found = matcher.exec(text);
      if (found) {
        const values: string[] = [];
        // A value may be a sentence, or a part of one, itself.
        order.forEach((n, i) => (values[n - 1] = localize(found[i + 1])));
        return trans.__(template, ...values);
      }
    }
    return text;
  };
  return localize;
}
