"""What a net's scores look like, fed the range that it was trained on, and others.

Run with the Python that has Keras: `.venv-keras/bin/python bench/ranges.py`.

Small nets, with and without BatchNormalization, learn the digits of scikit-learn and drawn shapes
in one range, and are fed test pictures in each. Reported: the gap between the highest logit and
the next (median, and 5th to 95th percentile), and the share of pictures for which every other
class has a softmax of exactly 0 in float32.
"""

from __future__ import annotations

import heads
import keras
import numpy as np
from keras import layers

RANGES = {
    "0..1": lambda x: x,
    "-1..1": lambda x: x * 2 - 1,
    "0..16": lambda x: x * 16,
    "0..255": lambda x: x * 255,
    "0..1/16": lambda x: x / 16,
}
TRAINED_ON = ("0..1", "-1..1", "0..16", "0..255")
HEADS = ("Flatten, Dense", "Flatten, Dropout, Dense, Dense", "GlobalAveragePooling2D, Dense")


def net_of(shape: tuple[int, ...], normalised: bool, head: str, n: int) -> keras.Model:
    def convolution(channels: int) -> list[layers.Layer]:
        after = [layers.BatchNormalization()] if normalised else []
        return [
            layers.Conv2D(channels, 3, padding="same"),
            *after,
            layers.ReLU(),
            layers.MaxPooling2D(),
        ]

    return keras.Sequential(
        [layers.Input(shape), *convolution(16), *convolution(32), *heads.HEADS[head](n)]
    )


def main() -> None:
    print("| data | head | BatchNormalization | trained on | fed | accuracy | gap | all others 0 |")
    print("|---|---|---|---|---|---|---|---|")
    for data, make in heads.DATA.items():
        x, y, _, _, n = make(0)
        for head in HEADS:
            for normalised in (False, True):
                for trained_on in TRAINED_ON:
                    keras.utils.set_random_seed(0)
                    net = net_of(x.shape[1:], normalised, head, n)
                    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
                    net.compile(keras.optimizers.Adam(), loss)
                    right = RANGES[trained_on]
                    net.fit(right(x[:-300]), y[:-300], batch_size=64, epochs=12, verbose=0)
                    for fed, scaled in RANGES.items():
                        logits = net.predict(scaled(x[-300:]), verbose=0)
                        ordered = np.sort(logits, axis=1)
                        gap = ordered[:, -1] - ordered[:, -2]
                        shares = keras.ops.softmax(logits).numpy()
                        alone = (np.sort(shares, axis=1)[:, :-1] == 0).all(1).mean()
                        accuracy = (logits.argmax(1) == y[-300:]).mean()
                        low, middle, high = np.percentile(gap, (5, 50, 95))
                        print(
                            f"| {data} | {head} | {'yes' if normalised else 'no'} "
                            f"| {trained_on} | {fed} | {accuracy:.2f} "
                            f"| {middle:.1f} ({low:.1f} to {high:.1f}) | {alone:.0%} |",
                            flush=True,
                        )


if __name__ == "__main__":
    main()
