import * as React from 'react';
import type { ModelSummary } from '../engine/protocol';
import type { PayloadImage } from '../mime/payload';
import { decodeTensor } from '../mime/tensor-codec';
import { signalPicture } from '../viewer/signal-picture';

/** The image drawn as curves where the model takes it for a signal (steps, channels) or a vector; null where it is a picture. */
export function useCurves(model: ModelSummary | null, image: PayloadImage): ImageBitmap | null {
  const input = model?.inputs.find(({ name }) => name === image.input) ?? model?.inputs[0];
  const shape = input && input.shape.length < 4 ? input.shape : null;
  const [picture, setPicture] = React.useState<{ image: PayloadImage; bitmap: ImageBitmap } | null>(null);
  React.useEffect(() => {
    let isCurrent = true;
    let made: ImageBitmap | null = null;
    if (shape && image.tensor) {
      const channels = shape.length === 3 ? (shape[2] ?? 1) : 1;
      decodeTensor(image.tensor).then(
        ({ data }) => {
          made = isCurrent ? signalPicture(data, data.length / channels, channels) : null;
          if (made) {
            setPicture({ image, bitmap: made });
          }
        },
        reason => console.warn('GradLens: the values of an output could not be drawn.', reason)
      );
    }
    return () => {
      isCurrent = false;
      made?.close();
    };
  }, [shape, image]);
  return shape && picture?.image === image ? picture.bitmap : null;
}
