"""What a net's scores look like, fed the range that it was trained on, and others.

Run with the Python that has Keras: `.venv-keras/bin/python bench/ranges.py`; with `--binary` of
nets of two classes, with one logit or with two.

Small nets, with and without BatchNormalization, learn the digits of scikit-learn and drawn shapes
in one range, and are fed test pictures in each. Reported: the gap between the highest logit and
the next (median, and 5th to 95th percentile), and the share of pictures for which every other
class has a softmax of exactly 0 in float32. Of two classes, how far the logit, or that of the class
with the higher one, is from 0 (median and largest), how far the two are apart at most, and the
share of pictures whose logit is beyond the limit of 200 that the view has.
"""

from __future__ import annotations

import argparse

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


def zero(seed: int) -> tuple[np.ndarray, np.ndarray]:
    x, y, *_ = heads.digits(seed)
    return x, (y == 0).astype(int)


def odd(seed: int) -> tuple[np.ndarray, np.ndarray]:
    x, y, *_ = heads.digits(seed)
    return x, y % 2


def filled(seed: int) -> tuple[np.ndarray, np.ndarray]:
    x, y, *_ = heads.shapes(seed, 2000)
    return x, (y < 2).astype(int)


TASKS = {"a zero": zero, "odd digits": odd, "filled shapes": filled}

LIMIT = 200


def binary() -> None:
    print(
        "| data | head | BatchNormalization | logits | trained on "
        "| fed | logit | apart | beyond 200 |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    for data, make in TASKS.items():
        x, y = make(0)
        for head in HEADS:
            for normalised in (False, True):
                for trained_on in TRAINED_ON:
                    for units in (1, 2):
                        keras.utils.set_random_seed(0)
                        net = net_of(x.shape[1:], normalised, head, units)
                        loss = (
                            keras.losses.BinaryCrossentropy(from_logits=True)
                            if units == 1
                            else keras.losses.SparseCategoricalCrossentropy(from_logits=True)
                        )
                        net.compile(keras.optimizers.Adam(), loss)
                        right = RANGES[trained_on]
                        net.fit(right(x[:-300]), y[:-300], batch_size=64, epochs=12, verbose=0)
                        for fed, scaled in RANGES.items():
                            logits = net.predict(scaled(x[-300:]), verbose=0)
                            size = abs(
                                np.take_along_axis(logits, logits.argmax(1)[:, None], 1)[:, 0]
                            )
                            apart = np.ptp(logits, axis=1).max()
                            print(
                                f"| {data} | {head} | {'yes' if normalised else 'no'} | {units} "
                                f"| {trained_on} | {fed} | {np.median(size):.1f} "
                                f"(up to {size.max():.1f}) | {apart:.1f} "
                                f"| {(size > LIMIT).mean():.0%} |",
                                flush=True,
                            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", action="store_true")
    if parser.parse_args().binary:
        binary()
        return
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
