"""Time methods of many passes on the reference case: tf-keras-vis, and compiled TensorFlow.

    python bench/passes/peer_passes.py model.h5 input.npy layer class method [method ...]

Prints one JSON line a method: ``{"method": …, "compiled": ms, "library": ms, "map": [[…]]}``,
null where there is none. The compiled loops compute what GradLens computes, so that the maps can
be compared; SmoothGrad's noise is another one.
"""

import json
import sys
import time

import numpy as np
import tensorflow as tf
from tf_keras_vis.saliency import Saliency
from tf_keras_vis.scorecam import Scorecam
from tf_keras_vis.utils.model_modifiers import ReplaceToLinear
from tf_keras_vis.utils.scores import CategoricalScore

#: Pictures in a pass of the compiled loops.
BATCH = 8
CHANNELS, STEPS, SAMPLES, NOISE = 128, 50, 25, 0.2


def main():
    path, image, layer, target, *methods = sys.argv[1:]
    picture = np.load(image)
    model = tf.keras.models.load_model(path, compile=False)
    peer = Peer(model, layer, int(target), picture)
    for method in methods:
        print(
            json.dumps({"method": method, **getattr(peer, method.replace("-", "_"))()}), flush=True
        )


def milliseconds(work):
    """What a function returns, and how long it took."""
    start = time.perf_counter()
    result = work()
    return result, 1000 * (time.perf_counter() - start)


class Peer:
    """The reference model, explained for one class."""

    def __init__(self, model, layer, target, picture):
        self.library_score = CategoricalScore([target])
        self.layer, self.picture = layer, picture
        self.model = model
        ReplaceToLinear()(model)
        model.layers[-1].activation = tf.keras.activations.linear
        features = tf.keras.Model(model.input, model.get_layer(layer).output)
        self.features = features(picture, training=False).numpy()[0]
        signature = [tf.TensorSpec((BATCH, *picture.shape[1:]), tf.float32)]

        @tf.function(input_signature=signature)
        def scores(pictures):
            return model(pictures, training=False)[:, target]

        @tf.function(input_signature=signature)
        def gradients(pictures):
            with tf.GradientTape() as tape:
                tape.watch(pictures)
                score = tf.reduce_sum(model(pictures, training=False)[:, target])
            return tape.gradient(score, pictures)

        self.scores, self.gradients = scores, gradients
        # Tracing is not counted.
        full = np.repeat(picture, BATCH, axis=0)
        scores(full)
        gradients(full)

    def passes(self, ask, pictures, total):
        """Answers for pictures that a function makes, by batches; the last is filled up."""
        found = []
        for first in range(0, total, BATCH):
            batch = [pictures(min(i, total - 1)) for i in range(first, first + BATCH)]
            found.append(ask(tf.constant(np.stack(batch), tf.float32)).numpy())
        return np.concatenate(found)[:total]

    def score_cam(self):
        def compiled():
            a = self.features
            spread = a.reshape(-1, a.shape[-1]).astype(np.float64).var(axis=0)
            tried = np.argsort(-spread, kind="stable")[:CHANNELS]
            rows, columns = (
                aligned(self.picture.shape[axis + 1], a.shape[axis]) for axis in (0, 1)
            )

            def masked(i):
                mask = rows @ a[..., tried[i]] @ columns.T
                mask = (mask - mask.min()) / (mask.max() - mask.min() + 1e-8)
                return self.picture[0] * mask[..., None]

            found = self.passes(self.scores, masked, CHANNELS).astype(np.float64)
            weights = np.exp(found - found.max())
            return np.maximum(a[..., tried] @ (weights / weights.sum()), 0)

        map_, time_ = milliseconds(compiled)
        scorecam = Scorecam(self.model)
        _, library = milliseconds(
            lambda: scorecam(
                self.library_score,
                self.picture,
                penultimate_layer=self.layer,
                seek_penultimate_conv_layer=False,
                max_N=CHANNELS,
            )
        )
        return {"compiled": time_, "library": library, "map": map_.tolist()}

    def occlusion(self):
        def compiled():
            height, width = self.picture.shape[1:3]
            side, stride = round(max(height, width) / 8), round(max(height, width) / 8) // 2
            corners = [
                (top, left)
                for top in range(0, height - side + stride, stride)
                for left in range(0, width - side + stride, stride)
            ]

            def covered(i):
                copy = self.picture[0].copy()
                copy[corners[i][0] : corners[i][0] + side, corners[i][1] : corners[i][1] + side] = 0
                return copy

            whole = self.passes(self.scores, lambda _: self.picture[0], 1)[0]
            falls = whole - self.passes(self.scores, covered, len(corners))
            sums, counts = np.zeros((2, height, width))
            for (top, left), fall in zip(corners, falls, strict=True):
                sums[top : top + side, left : left + side] += fall
                counts[top : top + side, left : left + side] += 1
            return sums / np.maximum(counts, 1)

        map_, time_ = milliseconds(compiled)
        return {"compiled": time_, "library": None, "map": map_.tolist()}

    def integrated_gradients(self):
        def compiled():
            points, weights = np.polynomial.legendre.leggauss(STEPS)
            points, weights = (1 + points) / 2, weights / 2
            found = self.passes(self.gradients, lambda i: points[i] * self.picture[0], STEPS)
            mean = np.tensordot(weights, found.astype(np.float64), 1)
            return (mean * self.picture[0]).sum(axis=-1)

        map_, time_ = milliseconds(compiled)
        return {"compiled": time_, "library": None, "map": map_.tolist()}

    def smooth_grad(self):
        def compiled():
            generator = np.random.default_rng(1)
            sigma = NOISE * np.ptp(self.picture)

            def noisy(_):
                return self.picture[0] + generator.normal(0, sigma, self.picture.shape[1:])

            return np.abs(self.passes(self.gradients, noisy, SAMPLES)).mean(axis=0).max(axis=-1)

        _, time_ = milliseconds(compiled)
        saliency = Saliency(self.model)
        _, library = milliseconds(
            lambda: saliency(
                self.library_score, self.picture, smooth_samples=SAMPLES, smooth_noise=NOISE
            )
        )
        return {"compiled": time_, "library": library, "map": None}


def aligned(long, short):
    """Bilinear interpolation with corners aligned, as a matrix (long, short)."""
    place = np.arange(long) * (short - 1) / (long - 1)
    low = np.minimum(place.astype(int), short - 2)
    matrix = np.zeros((long, short))
    matrix[np.arange(long), low] = 1 - (place - low)
    matrix[np.arange(long), low + 1] = place - low
    return matrix


main()
