import type { Perturbation } from '../../perturb/perturbation';
import type { Explained } from '../model/explained';
import type { ModelController } from '../model/model-controller';

/** What a slider changes. */
export type ChangeName = 'brightness' | 'contrast' | 'blur' | 'shiftX' | 'shiftY' | 'rotation';

/** The value of a change; what is absent is at its rest. */
export function changeOf({ brightness, contrast, blur, shift, rotation }: Perturbation, name: ChangeName): number {
  const values = { brightness, contrast: contrast ?? 1, blur, shiftX: shift?.[0], shiftY: shift?.[1], rotation };
  return values[name] ?? 0;
}

/** The change that gives a slider's value; at its rest it is no change. */
export function withChange({ shift = [0, 0] }: Perturbation, name: ChangeName, value: number): Partial<Perturbation> {
  if (name === 'shiftX' || name === 'shiftY') {
    const moved: [number, number] = name === 'shiftX' ? [value, shift[1]] : [shift[0], value];
    return { shift: moved.some(pixels => pixels !== 0) ? moved : undefined };
  }
  return { [name]: value === (name === 'contrast' ? 1 : 0) ? undefined : value };
}

/** The model's own output for the class that is explained, at several values of one change; null where there is none. */
export async function scoreCurve(
  controller: ModelController,
  { image, run }: Explained,
  perturbations: readonly Perturbation[],
  signal: AbortSignal
): Promise<(number | null)[]> {
  const { requests } = await controller.requests();
  const index = run.targets[0]?.index ?? 0;
  const found = await requests.predictPerturbed(image, perturbations, signal);
  return found.map(({ scores }) => (scores && run.output !== null ? scoreOf(scores[run.output], index, run) : null));
}

/** A class's score among those of an output; null where it has no such class. */
export function scoreOf(
  values: Float64Array | undefined,
  index: number,
  { ending }: Pick<Explained['run'], 'ending'>
): number | null {
  const isUnit = values?.length === 1 && ending === 'sigmoid';
  // Of a single sigmoid unit both sides are listed.
  return (isUnit ? (index === 1 ? values[0] : 1 - values[0]) : values?.[index]) ?? null;
}
