import { expect, it } from 'vitest';
import { exportName } from './file-name';

it.each<[of: string[], isTrueSize: boolean, name: string]>([
  [[], false, 'Grad-CAM_of_tank_at_conv2'],
  [['digits.h5', 'image 7'], false, 'Grad-CAM_of_tank_at_conv2_digits_image_7'],
  [['digits.h5', 'image 17'], false, 'Grad-CAM_of_tank_at_conv2_digits_image_17'],
  [['digits.h5', 'photos/a: b?.JPEG'], true, 'Grad-CAM_of_tank_at_conv2_digits_photos_a_b_true_size'],
  [
    ['v1.2', 'a_picture_with_a_long_name_of_its_own_0017.png'],
    false,
    'Grad-CAM_of_tank_at_conv2_v1.2_a_picture_w-its_own_0017'
  ]
])('names a map of %j, in true size: %s', (of, isTrueSize, name) => {
  expect(exportName('Grad-CAM of tank at conv2', of, isTrueSize)).toBe(name);
});

it('keeps every image of a long list apart', () => {
  const names = Array.from({ length: 1200 }, (_, i) => `a_picture_with_a_long_name_of_its_own_${i}.png`);
  expect(new Set(names.map(name => exportName('map', ['m.keras', name]))).size).toBe(names.length);
});
