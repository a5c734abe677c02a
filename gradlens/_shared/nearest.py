"""What somebody may have meant by a name that there is not."""

from __future__ import annotations

from collections.abc import Iterable

# Share of letters in common (`difflib`) from which a name may be meant.
NEAR = 0.7


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """Return `" Did you mean 'colormap'?"`, of the name nearest to `name`; empty where none is."""
    import difflib  # seldom needed

    known = list(names)
    near = difflib.get_close_matches(name, known, 1, NEAR)
    if not near and len(name) > 2:
        near = [other for other in known if name in other]
    return f" Did you mean {near[0]!r}?" if near else ""
