/**
 * A text for the user as data: made wherever something goes wrong or is worth
 * a remark (in the worker, in readers, in pure modules), sent between threads
 * as it is, and translated once, where it is shown.
 */
export interface Message {
  /** English, with %1, %2, … for `values`, and %% for a per cent sign: the key of the translation. */
  readonly text: string;
  /** Names and numbers, which are shown as they are, and parts that are messages themselves. */
  readonly values: readonly (string | number | Message)[];
}

/**
 * Makes a message. `npm run strings` collects the templates of all calls for
 * translators.
 *
 * @param text - A literal; whole sentences, as other languages order them otherwise.
 */
export const message = (text: string, ...values: Message['values']): Message => ({ text, values });

/** True of a message among other objects, such as what a reader makes where nothing is wrong. */
export const isMessage = (value: object): value is Message => 'text' in value && 'values' in value;

/** A text that has no translation: a browser's or a library's own words. */
export const verbatim = (text: string): Message => ({ text: '%1', values: [text] });

/** Parts in a row, such as the reasons for something. */
export const joinMessages = (parts: readonly Message[], separator: string): Message => ({
  text: parts.map((_, i) => `%${i + 1}`).join(separator),
  values: parts
});

/** The message with its names, at any depth, replaced by what `change` makes of them. */
export const mapValues = (message: Message, change: (value: string) => string): Message => ({
  text: message.text,
  values: message.values.map(value =>
    typeof value === 'object' ? mapValues(value, change) : typeof value === 'string' ? change(value) : value
  )
});

/** Puts a message together with what translates a template and its values, innermost parts first. */
function assemble(message: Message, translate: (text: string, values: string[]) => string): string {
  const values = message.values.map(value => (typeof value === 'object' ? assemble(value, translate) : String(value)));
  return translate(message.text, values);
}

/** The message as it is written in the source, for logs, errors and tests. */
export const english = (message: Message): string =>
  assemble(message, (text, values) =>
    text.replace(/%(%|\d+)/g, (_, which: string) => (which === '%' ? '%' : values[Number(which) - 1]))
  );

/** The message in the user's language; `trans` is a bundle of JupyterLab's translator. */
export const translated = (message: Message, trans: { __(text: string, ...values: string[]): string }): string =>
  assemble(message, (text, values) => trans.__(text, ...values));

/** An error whose text is a message, so that it can be shown in the user's language. */
export class MessageError extends Error {
  /** True if the same would be answered again, so that nobody is offered to try. */
  readonly isLasting: boolean = false;

  constructor(
    readonly sentence: Message,
    options?: ErrorOptions
  ) {
    super(english(sentence), options);
    this.name = new.target.name;
  }
}

/** True if trying again would end in the same error. */
export const isLasting = (error: unknown): boolean => error instanceof MessageError && error.isLasting;

/** The message of anything thrown. */
export const messageOf = (error: unknown): Message =>
  error instanceof MessageError ? error.sentence : verbatim(error instanceof Error ? error.message : String(error));
