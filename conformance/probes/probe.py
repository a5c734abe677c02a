"""A probe: a small model of one or a few layers or operators."""

IMAGE = (6, 8, 4)
SEQUENCE = (5, 4)


def probe(
    name,
    function,
    *shapes,
    positive=False,
    refused=None,
    layers=None,
    how=(),
    integer=False,
    differentiable=True,
    formats=("keras", "h5"),
):
    """Describes a probe.

    ``function`` takes tensors of ``shapes`` (one picture by default), and ``how``, and gives the
    output or several. Values are whole halves, so that zeros and ties are among them;
    ``positive`` ones begin at 0.5, ``integer`` ones are words of a text, padded with zeros.
    What is ``refused`` has to be, with these words. ``layers`` declares what stands in for layers.
    TensorFlow has no gradient of what is not ``differentiable``. Keras 3 saves in all ``formats``.
    """
    return {
        "name": name,
        "function": function,
        "shapes": shapes or (IMAGE,),
        "positive": positive,
        "integer": integer,
        "refused": refused,
        "layers": layers or {},
        "how": how,
        "differentiable": differentiable,
        "formats": formats,
    }
