/** What there is one of for each object: made when it is first asked for, and kept as long as the object. */
export function oncePer<K extends object, T extends object, P extends unknown[] = []>(
  make: (key: K, ...rest: P) => T
): (key: K, ...rest: P) => T {
  const known = new WeakMap<K, T>();
  return (key, ...rest) => {
    const one = known.get(key) ?? make(key, ...rest);
    known.set(key, one);
    return one;
  };
}
