import type { TranslationBundle } from '@jupyterlab/translation';
import type { ChangeName } from '../../session/experiment/score-curve';

export interface Slider {
  name: ChangeName;
  label: string;
  min: number;
  max: number;
  step: number;
}

/** What changes the whole picture, which has this size in pixels. */
export function slidersOf({ width, height }: { width: number; height: number }, trans: TranslationBundle): Slider[] {
  const half = (side: number): number => Math.max(1, Math.floor(side / 2));
  const pixels = (name: ChangeName, label: string, min: number, max: number): Slider => ({
    name,
    label,
    min,
    max,
    step: 1
  });
  return [
    { name: 'brightness', label: trans.__('Brightness'), min: -1, max: 1, step: 0.05 },
    { name: 'contrast', label: trans.__('Contrast'), min: 0, max: 3, step: 0.05 },
    pixels('blur', trans.__('Blur'), 0, Math.max(2, Math.round(Math.max(width, height) / 8))),
    pixels('shiftX', trans.__('Shift right'), -half(width), half(width)),
    pixels('shiftY', trans.__('Shift down'), -half(height), half(height)),
    { name: 'rotation', label: trans.__('Rotation'), min: -180, max: 180, step: 5 }
  ];
}
