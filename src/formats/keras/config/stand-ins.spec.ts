import { expect, it } from 'vitest';
import { english, message } from '../../../messages/message';
import type { ModelSpec } from './spec';
import { declaredNotices, withStandIns } from './stand-ins';

/** A model of one layer of a class of the user's own, as a file names it. */
const spec = (className: string, registered: string | null): ModelSpec =>
  ({
    layers: [
      {
        name: 'same',
        className,
        registered,
        custom: message('is of a class of your own'),
        config: { name: 'same', dtype: 'float32', epsilon: 0.1, f: 2 },
        model: null,
        isOperator: false
      }
    ]
  }) as unknown as ModelSpec;

const told = (made: ModelSpec): string[] => declaredNotices(made).map(english);

it.each([
  ['Scale', 'eyes>Scale', 'Scale'],
  ['Scale', 'eyes>Scale', 'eyes>Scale'],
  ['eyes>Scale', null, 'Scale'],
  ['eyes>Scale', null, 'eyes>Scale'],
  ['Scale', null, 'same']
])('a class %s registered as %s is declared as %s, whichever a file writes', (className, registered, key) => {
  const made = withStandIns(spec(className, registered), { [key]: 'identity' }, 'm.h5');
  expect(told(made)).toEqual([
    `Taken as the identity, as you declared: ${key === 'same' ? key : `same (${key})`}. All numbers are untrue if it changes its input.`
  ]);
});

it('what the class of Keras does not have of a layer’s own arguments is said', () => {
  const made = withStandIns(spec('Scale', null), { Scale: { class: 'UnitNormalization', axis: -1 } }, 'm.h5');
  expect(told(made)).toEqual([
    'Computed as UnitNormalization, as you declared: same (Scale). Its own arguments that UnitNormalization does not have are left out: epsilon, f.'
  ]);
  const known = withStandIns(spec('Norm', null), { Norm: { class: 'LayerNormalization' } }, 'm.h5');
  expect(known.layers[0].config).toEqual({ name: 'same', epsilon: 0.1 });
  expect(told(known)[0]).toMatch(/left out: f\.$/);
});

it('a layer declared by its own name is named once', () => {
  const lambda = spec('Lambda', null);
  const made = withStandIns(lambda, { same: { class: 'Rescaling', scale: 1 / 255 } }, 'm.h5');
  expect(made.layers[0]).toMatchObject({ className: 'Rescaling', custom: null, config: { scale: 1 / 255 } });
  expect(told(made)[0]).toMatch(/^Computed as Rescaling, as you declared: same\. /);
  expect(told(withStandIns(lambda, { same: 'identity' }, 'm.h5'))).toEqual([
    'Taken as the identity, as you declared: same. All numbers are untrue if it changes its input.'
  ]);
});

it('a name that no layer has is refused', () => {
  expect(() => withStandIns(spec('Scale', null), { Other: 'identity' }, 'm.h5')).toThrow(
    /no layer of that class or name/
  );
});
