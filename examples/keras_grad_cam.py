"""Grad-CAM by Keras on TensorFlow: what the demo checks itself against."""

from __future__ import annotations

import keras
import numpy as np
import tensorflow as tf


def grad_cam(
    model: keras.Sequential, batch: np.ndarray, layer: str
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Grad-CAM of each picture's highest-scoring class (Selvaraju et al. 2017, arXiv:1610.02391).

    model: ends in a Dense layer with softmax; the score is that layer's logit,
        the value before softmax.
    batch: what the model takes, float32, shape (n, height, width, channels).
    layer: name of a layer whose output A is (n, h, w, k).
    Returns the raw maps ReLU(sum_k mean_hw(dscore/dA_k) A_k), shape (n, h, w);
    the logits, shape (n, classes); and A.
    """
    cut = [each.name for each in model.layers].index(layer) + 1
    activations = tf.constant(batch)
    for each in model.layers[:cut]:
        activations = each(activations)
    head = model.layers[-1]
    with tf.GradientTape() as tape:
        tape.watch(activations)
        features = activations
        for each in model.layers[cut:-1]:
            features = each(features)
        logits = tf.matmul(features, head.kernel) + head.bias
        scores = tf.reduce_max(logits, axis=1)
    gradients = tape.gradient(scores, activations)
    weights = tf.reduce_mean(gradients, axis=(1, 2), keepdims=True)
    maps = tf.nn.relu(tf.reduce_sum(weights * activations, axis=-1))
    return maps.numpy(), logits.numpy(), activations.numpy()
