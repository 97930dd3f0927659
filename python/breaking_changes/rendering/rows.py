"""The rows that a query would find, made up: as much of agate's tables as macros ask for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from breaking_changes.rendering.call import Rows


class _Row:
    """One row, whose every cell has the same value, whatever it is called."""

    def __init__(self, value: Any) -> None:
        self._value = value

    def __getitem__(self, key: Any) -> Any:
        return self._value

    def __iter__(self) -> Iterator[Any]:
        return iter((self._value,))

    def __len__(self) -> int:
        return 1

    def values(self) -> tuple[Any, ...]:
        """The cells."""
        return (self._value,)


class _Column:
    """One column: a value for each row."""

    def __init__(self, values: tuple[Any, ...]) -> None:
        self._values = values

    def __getitem__(self, row: int) -> Any:
        return self._values[row]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def values(self) -> tuple[Any, ...]:
        """The cells."""
        return self._values


class _Columns:
    """The columns: the same one by every name and number."""

    def __init__(self, column: _Column) -> None:
        self._column = column

    def __getitem__(self, key: Any) -> _Column:
        return self._column

    def __iter__(self) -> Iterator[_Column]:
        return iter((self._column,))

    def __len__(self) -> int:
        return 1

    def values(self) -> tuple[_Column, ...]:
        """The columns."""
        return (self._column,)


class Table:
    """What a query found.

    Args:
        values: The value of each row, in all of its columns.
    """

    def __init__(self, values: Rows) -> None:
        self.rows = [_Row(value) for value in values]
        self.columns = _Columns(_Column(tuple(values)))
        self.column_names = ("value",)

    def __iter__(self) -> Iterator[_Row]:
        """The rows."""
        return iter(self.rows)

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self.rows)
