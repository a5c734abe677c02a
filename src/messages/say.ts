/**
 * Makes a sentence for the user where there is no translator: in the worker,
 * in readers and other pure modules. The page translates it when it shows it:
 * `npm run strings` collects the templates of all calls of `say`, from which
 * session/localize recognises the sentence again.
 *
 * @param template - With %1, %2, … for `values`, and %% for a per cent sign. A
 *   literal; whole sentences, as other languages order them otherwise.
 * @param values - Names and numbers, or what another `say` made.
 */
export function say(template: string, ...values: (string | number)[]): string {
  return template.replace(/%(%|\d+)/g, (_, which: string) => (which === '%' ? '%' : String(values[Number(which) - 1])));
}
