"""The Python modules that dbt gives macros (dbt/context/base.py), with a clock that stands still.

Each is a dict of chosen names, never the module itself: a module would lead out of the sandbox.
"""

from __future__ import annotations

import datetime
import importlib
import itertools
import re
from typing import Any

from breaking_changes.rendering.outcome import NotRendered

_ITERTOOLS = [
    "count",
    "cycle",
    "repeat",
    "accumulate",
    "chain",
    "compress",
    "islice",
    "starmap",
    "tee",
    "zip_longest",
    "product",
    "permutations",
    "combinations",
    "combinations_with_replacement",
]


def modules(now: datetime.datetime) -> dict[str, Any]:
    """`modules.datetime`, `modules.re`, `modules.itertools`, `modules.pytz`.

    Args:
        now: What the clock says, in UTC: two renderings of one text must be equal.
    """
    return {
        "datetime": _datetime_module(now),
        "re": {name: getattr(re, name) for name in re.__all__},
        "itertools": {name: getattr(itertools, name) for name in _ITERTOOLS},
        "pytz": _pytz_module(),
    }


def _datetime_module(moment: datetime.datetime) -> dict[str, Any]:
    class Date(datetime.date):
        """A date whose today is the moment's."""

        @classmethod
        def today(cls) -> Date:
            return cls(moment.year, moment.month, moment.day)

    class Datetime(datetime.datetime):
        """A datetime whose now is the moment."""

        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> Any:
            return moment.astimezone(tz) if tz else moment.replace(tzinfo=None)

        @classmethod
        def utcnow(cls) -> Any:
            return moment.replace(tzinfo=None)

        @classmethod
        def today(cls) -> Any:
            return moment.replace(tzinfo=None)

    return {
        "date": Date,
        "datetime": Datetime,
        "time": datetime.time,
        "timedelta": datetime.timedelta,
        "tzinfo": datetime.tzinfo,
    }


class _NoPytz(dict[str, Any]):
    def __missing__(self, name: str) -> Any:
        raise NotRendered("missing", "It uses modules.pytz, which takes `pip install pytz`.")


def _pytz_module() -> dict[str, Any]:
    try:
        pytz = importlib.import_module("pytz")
    except ImportError:
        return _NoPytz()
    return {name: getattr(pytz, name) for name in pytz.__all__}
