"""What a live model can be asked: only it tells before the view opens."""

from __future__ import annotations

from typing import Any

from ..errors import ArgumentError


def refuse_subclassed(model: Any) -> None:
    """Refuse a Keras model whose layers exist only as Python code, which no file holds.

    Raises:
        ArgumentError: saying how to build it otherwise.
    """
    bases = type(model).__mro__
    # By names: Keras itself must not be imported.
    is_keras = any(
        base.__name__ == "Model" and base.__module__.partition(".")[0] in ("keras", "tf_keras")
        for base in bases
    )
    if is_keras and not {"Functional", "Sequential"} & {base.__name__ for base in bases}:
        raise ArgumentError(
            f"The model is of the class {type(model).__name__}, whose layers exist only as Python "
            "code: build it as a Functional or Sequential model, keras.Model(inputs, outputs), "
            "and show() that."
        )


def check_target(model: Any, target: Any, output: str | None) -> None:
    """Refuse a class that a live model's output has not.

    What a file holds is known only in the browser, where the view says so.

    Args:
        model: What `show` was given.
        target: As the payload has it: an index, or `{"class": …, "minus": …}`.
        output: The name of the output that is explained; None for the first.

    Raises:
        ArgumentError: saying how many classes there are.
    """
    classes = _classes(model, output)
    parts = target if isinstance(target, dict) else {"class": target}
    if classes is None or "cell" in parts:
        return
    for name in ("class", "minus"):
        index = parts.get(name)
        # One number may be a sigmoid's, which is class 1 against class 0.
        if isinstance(index, int) and index >= max(2, classes):
            raise ArgumentError(
                f"There is no class {index}: the model's output has {classes} "
                f"{'classes' if classes > 1 else 'number'}, "
                f"{f'numbered 0 to {classes - 1}' if classes > 1 else 'class 0 against class 1'}."
            )


def _classes(model: Any, output: str | None) -> int | None:
    """The last axis of an output; None where the model does not say."""
    try:
        tensors = model.outputs
    except (AttributeError, ValueError):
        # A path; or a model that was not called yet.
        return None
    if not isinstance(tensors, (list, tuple)) or not tensors:
        return None
    at = 0
    if output is not None:
        names = list(getattr(model, "output_names", None) or [])
        if output not in names or len(names) != len(tensors):
            return None
        at = names.index(output)
    shape = tuple(tensors[at].shape)
    return shape[-1] if len(shape) > 1 and isinstance(shape[-1], int) else None
