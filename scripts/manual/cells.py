"""The Python cells of Markdown pages."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FENCE = re.compile(r"^```python([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Cell:
    """A cell of a page.

    Attributes:
        page: The page's file.
        line: Where its code begins, from 1.
        heading: The heading above it.
        code: Its code.
        words: What stands beside the fence's language.
    """

    page: Path
    line: int
    heading: str
    code: str
    words: str

    @property
    def slug(self) -> str:
        """The heading, as a name of a file."""
        return re.sub(r"[^a-z0-9]+", "-", self.heading.lower()).strip("-")


def cells_of(page: Path) -> list[Cell]:
    """Return a page's cells, in order."""
    text = page.read_text(encoding="utf-8")
    found = []
    for match in FENCE.finditer(text):
        above = [each.group(1) for each in HEADING.finditer(text, 0, match.start())]
        line = text.count("\n", 0, match.start(2)) + 1
        found.append(Cell(page, line, above[-1] if above else "", match[2], match[1].strip()))
    return found


def run(cell: Cell, names: dict[str, Any]) -> Any:
    """Run a cell as a notebook does; return its last value, None where it has none.

    An error names the page and its line.
    """
    tree = ast.parse("\n" * (cell.line - 1) + cell.code, str(cell.page))
    last = tree.body[-1]
    if not isinstance(last, ast.Expr):
        exec(compile(tree, str(cell.page), "exec"), names)
        return None
    before = ast.Module(tree.body[:-1], [])
    exec(compile(before, str(cell.page), "exec"), names)
    return eval(compile(ast.Expression(last.value), str(cell.page), "eval"), names)
