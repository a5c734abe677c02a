"""Operators that want more than x: as whole expressions, or in no model that is saved."""

MATRIX = "ops.einsum('...i,...j->...ij', x, x) + 6 * np.eye(x.shape[-1], dtype='float32')"
WHOLE = "ops.cast(x * 2, 'int32')"
ONES = "np.ones(x.shape[-1], 'float32')"

#: Operators that want other tensors than x and halves of it: whole expressions.
WRITTEN = {
    **{
        name: f"ops.cast(ops.{name}({WHOLE}, ops.cast(x * 3, 'int32')), 'float32')"
        for name in ("bitwise_and", "bitwise_or", "bitwise_xor", "gcd", "lcm")
    },
    **{
        name: f"ops.cast(ops.{name}({WHOLE}, np.int32(2)), 'float32')"
        for name in ("left_shift", "right_shift", "bitwise_left_shift", "bitwise_right_shift")
    },
    **{
        name: f"ops.cast(ops.{name}({WHOLE}), 'float32')"
        for name in ("bitwise_not", "bitwise_invert")
    },
    **{name: f"ops.{name}((x, x * 0.5))[1]" for name in ("fft", "fft2", "ifft2")},
    "irfft": "ops.irfft((x, x * 0.5))",
    "istft": "ops.istft((x, x * 0.5), 6, 2, 6)",
    **{
        name: f"ops.{name}({MATRIX})"
        for name in ("inv", "det", "cholesky", "cholesky_inverse", "logdet")
    },
    "slogdet": f"ops.slogdet({MATRIX})[1]",
    **{
        name: f"ops.{name}({MATRIX}, x)"
        for name in ("solve", "solve_triangular")
    },
    "eigh": f"ops.eigh({MATRIX} + np.diag(np.arange(x.shape[-1], dtype='float32')))[0]",
    "svd": "ops.svd(x, compute_uv=False)",
    "lu_factor": f"ops.lu_factor({MATRIX})[0]",
    "eig": f"ops.real(ops.eig({MATRIX})[0])",
    "batch_normalization": f"ops.batch_normalization(x, {ONES}, {ONES} * 2, -1)",
    "cast": "ops.cast(ops.cast(x, 'int32'), 'float32')",
    "cross": "ops.cross(x[..., :3], x[..., :3] * 0.5 + 1)",
    "saturate_cast": "ops.saturate_cast(x, 'float32')",
    "digitize": (
        "ops.cast(ops.digitize(x, np.array([-1.0, 0.0, 1.0], 'float32')), 'float32')"
    ),
    "diag": "ops.diag(x)",
    "dot": "ops.dot(x, np.ones((x.shape[-1], 3), 'float32'))",
    "dot_product_attention": "ops.dot_product_attention(x, x * 0.5, x * 2)",
    "einsum": "ops.einsum('...i,...j->...ij', x, x)",
    "inner": "ops.inner(x, np.ones((3, x.shape[-1]), 'float32'))",
    "tensordot": "ops.tensordot(x, np.ones((x.shape[-1], 3), 'float32'), 1)",
    "get_item": "ops.get_item(x, (slice(None), slice(0, 2)))",
    "in_top_k": "ops.cast(ops.in_top_k(ops.argmax(x, axis=-1), x, 2), 'float32')",
    "ldexp": "ops.ldexp(x, np.int32(3))",
    "matmul": "ops.matmul(x, ops.swapaxes(x, -1, -2))",
    "meshgrid": "ops.meshgrid(x, x)[0]",
    "multiply": "ops.multiply(x, x * 0.5)",
    "select": "ops.select([x > 0, x < -1], [x, -x], 0.5)",
    "slice": "ops.slice(x, [0] * len(x.shape), (-1, *[1] * (len(x.shape) - 1)))",
    "slice_update": "ops.slice_update(x, [0] * len(x.shape), x[:, :1] * 2)",
    "sparse_categorical_crossentropy": (
        "ops.sparse_categorical_crossentropy(ops.argmax(x, axis=-1), x, from_logits=True)"
    ),
    "stack": "ops.stack([x, x * 0.5], axis=1)",
    "take_along_axis": "ops.take_along_axis(x, ops.argsort(x, axis=-1), axis=-1)",
    "transpose": "ops.transpose(x, (0, *range(len(x.shape) - 1, 0, -1)))",
    "where": "ops.where(x > 0, x, x * 0.5)",
    "isin": "ops.cast(ops.isin(x, [0.5, 1.0, -1.0]), 'float32')",
    "kron": "ops.kron(x, np.array([1, 2], 'float32').reshape((1,) * (len(x.shape) - 1) + (2,)))",
    "unravel_index": f"ops.cast(ops.unravel_index({WHOLE}, (3, 4))[1], 'float32')",
    "view_as_complex": "ops.real(ops.view_as_complex(x[..., :2]))",
    "view_as_real": "ops.view_as_real(x)",
    "image.affine_transform": (
        "ops.image.affine_transform(x, np.array([1, 0.2, 0, 0.1, 1, 0, 0, 0], 'float32'))"
    ),
    "image.perspective_transform": (
        "ops.image.perspective_transform(x, np.array([[0, 0], [4, 0], [0, 4], [4, 4]], 'float32'),"
        " np.array([[0, 1], [4, 0], [0, 4], [4, 3]], 'float32'))"
    ),
    "image.crop_images": "ops.image.crop_images(x, 1, 1, 1, 1)",
    "image.pad_images": "ops.image.pad_images(x, 1, 1, 1, 1)",
    **{
        name: f"ops.{name}(x[..., :3])"
        for name in ("image.rgb_to_hsv", "image.hsv_to_rgb", "image.rgb_to_grayscale")
    },
    "image.extract_patches_3d": "ops.image.extract_patches_3d(x, 2)",
    "conv_transpose": (
        "ops.conv_transpose("
        "x, np.ones((3,) * (len(x.shape) - 2) + (2, x.shape[-1]), 'float32'), 2)"
    ),
    "layer_normalization": f"ops.layer_normalization(x, {ONES})",
}  # fmt: skip

_FUNCTION = "takes a function in Python, which no file of Keras holds"
_ARRAY = "makes an array of what are no tensors: a model has its values, not the operator"
_FACT = "gives no tensor, but what is known of one"
_ALL = "gives one value or list for all samples together, behind which no layer can stand"
_ROW = "takes a row of numbers alone, which in a model are the samples"

#: Operators that cannot stand in a model that is saved, and why.
NEVER = {
    **dict.fromkeys(
        (
            "associative_scan", "cond", "custom_gradient", "fori_loop", "jvp", "map", "scan",
            "switch", "vectorize", "vectorized_map", "while_loop",
        ),
        _FUNCTION,
    ),
    **dict.fromkeys(
        (
            "arange", "bartlett", "blackman", "empty", "eye", "full", "hamming", "hanning",
            "identity", "kaiser", "ones", "tri", "zeros",
        ),
        _ARRAY,
    ),
    **dict.fromkeys(("convert_to_numpy", "dtype", "is_tensor", "ndim", "shape", "size"), _FACT),
    **dict.fromkeys(
        (
            "allclose", "bincount", "corrcoef", "diag", "diagflat", "histogram", "nonzero", "outer",
            "psnr", "ravel", "unique", "vdot", "ctc_decode",
        ),
        _ALL,
    ),
    **dict.fromkeys(
        (
            "correlate", "searchsorted", "segment_max", "segment_min", "segment_prod",
            "segment_sum", "vander", "lstsq",
        ),
        _ROW,
    ),
    "rearrange": "is not built by Keras of an open number of samples",
    "scatter": "makes a tensor of a fixed number of samples",
    "image.scale_and_translate": "makes a tensor of a fixed number of samples",
}  # fmt: skip
