"""What somebody may have meant by a name that there is not."""

from __future__ import annotations

from collections.abc import Iterable


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """Return `" Did you mean 'colormap'?"`, of the name nearest to `name`; empty where none is."""
    import difflib  # seldom needed

    near = difflib.get_close_matches(name, list(names), 1)
    return f" Did you mean {near[0]!r}?" if near else ""
