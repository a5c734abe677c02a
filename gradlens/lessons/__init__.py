"""Lessons: notebooks, what they run on, and the checks of their exercises.

`gradlens.examples()` copies the notebooks. Each has a module here, whose functions check
answers: plain functions that raise an AssertionError with a hint, for nbgrader and otter too.
`examples/make_lessons.py` makes the models and pictures in `files/`.
"""

from __future__ import annotations

from pathlib import Path

FILES = Path(__file__).parent / "files"
"""What is copied: notebooks, models and pictures."""
