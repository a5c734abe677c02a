import * as React from 'react';
import type { ModelSummary } from '../../graph/layer-info';
import type { PayloadImage, TensorJSON } from '../../mime/payload';
import { decodeTensor } from '../../mime/tensor-codec';
import { signalPicture } from '../../viewer/values/signal-picture';
import { useBitmap } from '../shared/hooks/use-bitmap';

/** The image drawn as curves where the model takes it for a signal (steps, channels) or a vector; null where it is a picture. */
export function useCurves(
  model: ModelSummary | null,
  image: Pick<PayloadImage, 'input' | 'tensor'> | null
): ImageBitmap | null {
  const shape = (model?.inputs.find(({ name }) => name === image?.input) ?? model?.inputs[0])?.shape ?? null;
  const channels = shape?.length === 3 ? (shape[2] ?? 1) : 1;
  const draw = React.useCallback(
    async (tensor: TensorJSON) => {
      const { data } = await decodeTensor(tensor);
      return signalPicture(data, data.length / channels, channels);
    },
    [channels]
  );
  return useBitmap(shape && shape.length < 4 ? (image?.tensor ?? null) : null, draw);
}
