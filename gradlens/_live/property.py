"""Properties of a view that are read and set as attributes."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

Value = TypeVar("Value")


class Property(Generic[Value]):
    """One property: reading tells how the view is now, setting moves it."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, view: Any, owner: type) -> Any:
        return self if view is None else view.state.get(self._name)

    def __set__(self, view: Any, value: Value | None) -> None:
        view.set(**{self._name: value})
