"""Layers and operators that a probe of all classes found refused."""

import numpy as np
from probe import SEQUENCE, probe

#: A turn, a share of it lost, and a look from the side.
TRANSFORMS = {
    "sheared": [1, 0.2, 0, 0.1, 1, 0, 0, 0],
    "turned": [0.8, -0.6, 1.53, 0.6, 0.8, -0.47, 0, 0],
    "from the side": [1, 0.1, 0.5, 0, 0.9, 0.25, 0.01, 0.02],
}


def added(k):
    """Yields probes of Keras 3."""
    if not hasattr(k, "ops"):
        for size in ((4, 4), (3, 7), (8, 5)):
            yield probe(f"RandomCrop {size}", lambda x, s=size: k.layers.RandomCrop(*s)(x))
        return
    yield from functions(k.ops)
    yield from pictures(k.ops)
    yield from matrices(k.ops)
    yield from layers(k.layers)
    yield from refused(k.ops)
    # Keras makes a model of it in a Sequential alone, where it does nothing but in training.
    yield probe(
        "Equalization in a Sequential",
        lambda x: k.Sequential(
            [k.Input((6, 6, 3)), k.layers.Equalization(bins=64), k.layers.Conv2D(4, 3)]
        )(x),
        (6, 6, 3),
    )


def functions(ops):
    """Yields operators that are functions of values."""
    yield probe(
        "erfinv at its ends",
        lambda x: ops.clip(ops.erfinv(ops.clip(x, -1, 1)), -9, 9),
        differentiable=False,
    )
    for options in (
        {"num": 5, "axis": -1},
        {"num": 7, "axis": 1, "endpoint": False},
        {"num": 1, "axis": 2},
    ):
        yield probe(
            f"linspace {options}", lambda x, y, o=options: ops.linspace(x, y, **o), (6, 4), (6, 4)
        )
        yield probe(
            f"logspace {options}",
            lambda x, y, o=options: ops.logspace(x, y, base=2, **o),
            (6, 4),
            (6, 4),
        )
    yield probe("linspace from a number", lambda x: ops.linspace(0.5, x, 5, axis=-1), (6, 4))
    for decimals in (1, 2, -1):
        yield probe(
            f"round to {decimals}",
            lambda x, d=decimals: ops.round(x * 7.37, d),
            differentiable=False,
        )
    for size in ((6, 4), (5,), (2, 3, 4, 5)):
        for name, index in (
            ("[..., :3]", (..., slice(3))),
            ("[..., ::-1]", (..., slice(None, None, -1))),
        ):
            yield probe(f"channels {name} of {size}", lambda x, i=index: x[i] * 1.0, size)
    yield probe(
        "channels in another order of signals",
        lambda x: ops.stack([x[..., 2], x[..., 0], x[..., 1]], axis=-1),
        (6, 4),
    )
    yield probe("empty_like", lambda x: x + ops.empty_like(x))
    yield probe("view_as_real", lambda x: ops.view_as_real(x))
    yield probe("nextafter", lambda x, y: ops.nextafter(x, y), SEQUENCE, SEQUENCE)
    for name, members in (("a list", [0.5, 1.0, -2.0]), ("rows", [[0.5, 1.0], [2.0, 0.0]])):
        for invert in (False, True):
            yield probe(
                f"isin {name} {invert}",
                lambda x, m=members, i=invert: ops.cast(ops.isin(x, m, invert=i), "float32"),
                differentiable=False,
            )
    for size in ((6, 4), (4,)):
        yield probe(
            f"unravel_index {size}",
            lambda x: ops.concatenate(
                [
                    ops.cast(one, "float32")
                    for one in ops.unravel_index(ops.cast(ops.abs(x) * 9, "int32"), (3, 2, 5))
                ],
                axis=-1,
            ),
            size,
            differentiable=False,
        )
    block = np.array([[[1, 2], [0.5, -1]]], "float32")
    yield probe("kron", lambda x: ops.kron(x, block), (6, 4))


def pictures(ops):
    """Yields pictures seen through transforms."""
    for name, matrix in TRANSFORMS.items():
        for options in (
            {},
            {"interpolation": "nearest", "fill_mode": "nearest"},
            {"fill_mode": "reflect"},
            {"fill_mode": "wrap"},
            {"fill_value": 0.75},
            {"data_format": "channels_first"},
        ):
            array = np.array(matrix, "float32")
            yield probe(
                f"affine_transform {name} {options}",
                lambda x, m=array, o=options: ops.image.affine_transform(x, m, **o),
            )
    for name in ("rgb_to_hsv", "hsv_to_rgb", "rgb_to_grayscale"):
        yield probe(
            f"{name} of a line",
            lambda x, n=name: getattr(ops.image, n)(ops.abs(x[..., :3]) * 0.3 + 0.05),
            (6, 4),
            differentiable=name != "hsv_to_rgb",
        )
    for mode in ("constant", "reflect", "symmetric"):
        yield probe(
            f"volumes padded {mode}",
            lambda x, m=mode: ops.pad(x, ((0, 0), (1, 0), (0, 2), (1, 1), (0, 1)), m),
            (2, 3, 4, 5),
        )
    for name, function in (
        ("gaussian_blur", lambda x: ops.image.gaussian_blur(x)),
        ("pad_images", lambda x: ops.image.pad_images(x, 1, 1, 1, 1)),
    ):
        yield probe(
            f"{name} of one picture",
            function,
            (6, 4),
            refused="takes the samples for the rows of one picture",
            differentiable=False,
        )
    yield probe("half a turn of a square", lambda x: ops.rot90(x, 2, (1, 2)), (5, 5, 3))
    yield probe(
        "half a turn",
        lambda x: ops.rot90(x, 2, (1, 2)),
        refused="not as many rows as columns",
        differentiable=False,
    )
    start = np.array([[0, 0], [5, 0], [0, 5], [5, 5]], "float32")
    end = np.array([[0.5, 0.25], [4, 1], [1, 4.5], [5, 5.5]], "float32")
    for options in ({}, {"interpolation": "nearest"}, {"fill_value": -1.0}):
        yield probe(
            f"perspective_transform {options}",
            lambda x, o=options: ops.image.perspective_transform(x, start, end, **o),
        )


def matrices(ops):
    """Yields factors of matrices, made to have full rank."""

    def full(x):
        return ops.concatenate(
            [x[:, :2] * 0.3 + 2 * np.eye(2, x.shape[2], dtype="float32"), x[:, 2:]], axis=1
        )

    for size in ((4, 4), (6, 4), (3, 5)):
        for mode in ("reduced", "complete"):
            if mode == "complete" and size[0] > size[1]:
                yield probe(
                    f"qr {size} {mode}",
                    lambda x, m=mode: ops.qr(x, m)[0],
                    size,
                    differentiable=False,
                    refused="no gradient",
                )
                continue
            for gives in (0, 1):
                yield probe(
                    f"qr {size} {mode} {gives}",
                    lambda x, m=mode, g=gives: ops.qr(full(x), m)[g],
                    size,
                )
        yield probe(f"pinv {size}", lambda x: ops.pinv(full(x)), size)
        yield probe(f"pinv {size} rcond", lambda x: ops.pinv(full(x), rcond=1e-3), size)
        yield probe(
            f"matrix_rank {size}",
            lambda x: ops.cast(
                ops.matrix_rank(ops.concatenate([x, x[:, :2] * 2], axis=1)), "float32"
            ),
            size,
            differentiable=False,
        )
        yield probe(f"singular values {size}", lambda x: ops.svd(full(x), compute_uv=False), size)
    yield probe(
        "singular vectors",
        lambda x: ops.svd(x, full_matrices=False)[0],
        (4, 4),
        refused="say compute_uv=False",
        differentiable=False,
    )

    def symmetric(x):
        return ops.matmul(x, ops.swapaxes(x, -1, -2)) * 0.3 - np.diag([0.5, 1, 2, 3, 5]).astype(
            "float32"
        )

    yield probe("eigenvalues", lambda x: ops.eigh(symmetric(x))[0], (5, 4))
    yield probe("eigenvalues of half a matrix", lambda x: ops.eigh(x)[0], (4, 4))
    yield probe(
        "eigenvectors",
        lambda x: ops.eigh(symmetric(x))[1],
        (5, 4),
        refused="gives eigenvectors",
        differentiable=False,
    )
    yield probe(
        "matrix_rank with a tolerance",
        lambda x: ops.cast(ops.matrix_rank(x, tol=2.5), "float32"),
        (6, 4),
        differentiable=False,
    )


def layers(layers):
    """Yields layers."""
    # Keras cannot save it as HDF5.
    yield probe("Solarization", lambda x: layers.Solarization(0.3, 0.5)(x), formats=("keras",))
    yield probe("RandomCrop", lambda x: layers.RandomCrop(6, 8)(x))
    for values in ((0, 255), (-2, 2)):
        yield probe(
            f"AutoContrast {values}", lambda x, v=values: layers.AutoContrast(value_range=v)(x)
        )
    yield probe(
        "Pipeline", lambda x: layers.Pipeline([layers.Rescaling(2.0), layers.AutoContrast()])(x)
    )
    yield probe(
        "weighted Pipeline",
        lambda x: layers.Dense(3)(
            layers.Pipeline([layers.Dense(5), layers.ReLU(), layers.Dense(4)])(x)
        ),
        SEQUENCE,
    )
    for options in (
        {},
        {"output_mode": "multi_hot"},
        {"output_mode": "count"},
        {"output_mode": "one_hot"},
        {"mask_token": 0},
        {"mask_token": 0, "output_mode": "multi_hot"},
        {"invert": True},
        {"max_tokens": 9, "pad_to_max_tokens": True, "output_mode": "count"},
        {"mask_token": 0, "output_mode": "count"},
        {"num_oov_indices": 3},
        {"num_oov_indices": 3, "mask_token": 0},
        {"num_oov_indices": 2, "output_mode": "count"},
        {"num_oov_indices": 3, "oov_method": "farmhash"},
        {"num_oov_indices": 3, "oov_method": "farmhash", "salt": 133},
        {"output_mode": "tf_idf", "idf_weights": [0.5, 1.5, 0.25, 2.0]},
        {
            "output_mode": "tf_idf",
            "idf_weights": [0.5, 1.5, 0.25, 2.0],
            "mask_token": 0,
            "max_tokens": 8,
            "pad_to_max_tokens": True,
        },
        {"invert": True, "mask_token": 0, "oov_token": -5},
    ):
        is_counted = options.get("output_mode") == "count"
        words = [-1, 3, 5, 2] if is_counted else [3, 5, -1, 2, 7]
        if "invert" in options or "idf_weights" in options or "num_oov_indices" in options:
            words = [3, 5, 2, 7]
        is_one = options.get("output_mode") == "one_hot"
        yield probe(
            f"IntegerLookup {options}",
            lambda x, o=options, w=words: layers.IntegerLookup(vocabulary=w, **o)(x - 2),
            (1,) if is_one else (6,),
            integer=True,
            differentiable=False,
        )
    for options in (
        {"mag_exp": 1.0},
        {"mag_exp": 0.5, "window": None},
        {"num_mel_bins": 5, "min_freq": 50.0, "max_freq": 3000.0, "sampling_rate": 8000},
        {"fft_length": 16, "sequence_length": 12, "window": "hamming"},
    ):
        own = {"fft_length": 16, "sequence_stride": 6, "num_mel_bins": 4, "power_to_db": False}
        yield probe(
            f"MelSpectrogram {options}",
            # Uneven: where a magnitude is exactly zero, its root has no gradient.
            lambda x, o=own | options: layers.MelSpectrogram(**o)(
                x * np.linspace(0.3, 1.7, 40, dtype="float32")
            ),
            (40,),
        )
    yield probe(
        "MelSpectrogram in decibels",
        lambda x: layers.MelSpectrogram(fft_length=16, sequence_stride=6)(x),
        (40,),
        refused="the loudest of all samples",
    )
    for window in (1, 2, 9):
        for causal in (False, True):
            yield probe(
                f"weighted GroupQueryAttention over {window} {causal}",
                lambda x, y, w=window, c=causal: layers.GroupQueryAttention(
                    3, 4, 2, sliding_window=w
                )(x, y, use_causal_mask=c),
                (5, 4),
                (5, 4),
            )
    for options in ({}, {"use_bias": False}):
        yield probe(
            f"weighted GroupQueryAttention with a gate {options}",
            lambda x, y, o=options: layers.GroupQueryAttention(3, 4, 2, use_gate=True, **o)(x, y),
            (5, 4),
            (6, 4),
        )
    for options in ({}, {"value_dim": 5, "use_bias": False}, {"sliding_window": 2}):
        own = {"use_gate": True} | options
        yield probe(
            f"weighted MultiHeadAttention with {own}",
            lambda x, y, o=own: layers.MultiHeadAttention(2, 3, **o)(x, y),
            (5, 4),
            (5, 4),
        )
    yield probe(
        "weighted MultiHeadAttention of pictures with a gate",
        lambda x: layers.MultiHeadAttention(2, 3, use_gate=True)(x, x),
        (3, 4, 4),
    )
    for options in ({}, {"tie_weights": False}, {"logit_soft_cap": 2.0}):

        def back(x, options=options):
            embedding = layers.ReversibleEmbedding(9, 4, **options)
            return embedding(embedding(x), reverse=True)

        yield probe(f"weighted ReversibleEmbedding {options}", back, (6,), integer=True)


def refused(ops):
    """Yields what stays refused, each with its reason."""
    for name, function, reason in (
        ("isin of tensors", lambda x: ops.cast(ops.isin(x, x), "float32"), "values of all samples"),
        (
            "elastic_transform",
            lambda x: ops.image.elastic_transform(x),
            "draws at random",
        ),
        (
            "eig",
            lambda x: ops.real(ops.eig(ops.einsum("bij,bkj->bik", x, x))[0]),
            "complex numbers",
        ),
    ):
        yield probe(
            name,
            function,
            *([(6, 8, 4)] if name != "eig" else [(4, 4)]),
            refused=reason,
            differentiable=False,
        )
