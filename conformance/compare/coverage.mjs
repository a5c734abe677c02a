/** Chooses the models for each backend, with the reasons for leaving some out. */

export const BACKENDS = ['wasm', 'webgl', 'cpu'];

/** Applications that are compared on WASM alone, and why. */
const ON_WASM_ONLY = [
  {
    what: 'Applications without top',
    pattern: /-notop$/,
    reason: 'they ask nothing of a backend that the same ones with top do not'
  },
  {
    what: 'The large applications (EfficientNetB6 and B7, EfficientNetV2M and V2L, ResNet101, 152 and their V2, ConvNeXtSmall to XLarge, NASNetLarge, InceptionResNetV2)',
    pattern:
      /^(EfficientNet(B[67]|V2[ML])|ResNet(101|152)(V2)?|ConvNeXt(Small|Base|X?Large)|NASNetLarge|InceptionResNetV2)-/,
    reason:
      'they consist of the same layers as the smaller ones of their families, and take minutes each where WebGL is drawn in software'
  }
];

/** The backends on which an application is compared. */
export function backendsOf(folder) {
  return ON_WASM_ONLY.some(({ pattern }) => pattern.test(folder)) ? ['wasm'] : BACKENDS;
}

/** Number of a model's files to read: the reader's result does not depend on the backend. */
export function filesOn(backend) {
  return backend === 'wasm' ? 2 : 1;
}

/**
 * Lists what is not in the table, a sentence each.
 *
 * @param {{ folder: string, application: boolean }[]} folders everything that there is
 * @param {{ model: string, backend: string }[]} rows what was run
 */
export function leftOut(folders, rows) {
  const done = new Set(rows.map(({ model, backend }) => `${model} ${backend}`));
  const missing = folders.flatMap(({ folder, application }) => {
    const backends = (application ? backendsOf(folder) : BACKENDS).filter(backend => !done.has(`${folder} ${backend}`));
    return backends.length ? [`${folder} (${backends.join(', ')})`] : [];
  });
  return [
    ...ON_WASM_ONLY.map(({ what, reason }) => `${what} are run on WASM alone: ${reason}.`),
    ...(missing.length ? [`Not run yet: ${missing.join(', ')}. \`npm run conformance\` goes on with them.`] : [])
  ];
}
