"""The column types that dbt gives to a seed without `column_types`.

dbt reads a seed with agate and its own list of types (dbt_common/clients/agate_helper.py,
`build_type_tester`); each adapter then names them (dbt/adapters/sql/impl.py, `convert_*_type`).
The names below were read in those sources and seen in DuckDB and PostgreSQL.
"""

from __future__ import annotations

import datetime
import decimal
import re
from collections.abc import Callable, Sequence

_NULLS = frozenset({"null", ""})
#: agate's DEFAULT_CURRENCY_SYMBOLS.
_CURRENCIES = "؋$ƒ៛¥₡₱£€¢﷼₪₩₭₮₦฿₤₫"
_ISO_DATETIME = re.compile(
    r"[+-]?\d{4,}-?(\d\d-?\d\d|\d{3}|W\d\d(-?\d)?|\d\d)?T\d\d(:?\d\d(:?\d\d([.,]\d+)?)?)?"
    r"(Z|[+-]\d\d(:?\d\d)?)?"
)

#: What the adapters that build on dbt's SQLAdapter call each type; the engine's own spelling.
_TYPE_NAMES = {
    "duckdb": {
        "integer": "INTEGER",
        "decimal": "DOUBLE",
        "date": "DATE",
        "timestamp": "TIMESTAMP",
        "boolean": "BOOLEAN",
        "text": "VARCHAR",
    },
    "postgres": {
        "integer": "integer",
        "decimal": "double precision",
        "date": "date",
        "timestamp": "timestamp without time zone",
        "boolean": "boolean",
        "text": "text",
    },
}


def seed_type(values: Sequence[str], adapter_type: str) -> str | None:
    """The type of a seed's column with these values; none for an adapter not listed above."""
    names = _TYPE_NAMES.get(adapter_type)
    return names[_kind([value.strip() for value in values])] if names else None


def _kind(values: Sequence[str]) -> str:
    present = [value for value in values if value.lower() not in _NULLS]
    numbers = [_number(value) for value in present]
    if all(number is not None for number in numbers):
        finite = [number for number in numbers if number is not None and number.is_finite()]
        whole = all(number == number.to_integral_value() for number in finite)
        return "integer" if whole else "decimal"
    for kind, fits in _TESTS:
        if all(fits(value) for value in present):
            return kind
    return "text"


def _number(value: str) -> decimal.Decimal | None:
    """The value as agate's Number reads it, which forgives percent and currency signs."""
    value = value.strip("%").removeprefix("-")
    for symbol in _CURRENCIES:
        value = value.strip(symbol)
    try:
        return decimal.Decimal(value.replace(",", ""))
    except decimal.InvalidOperation:
        return None


def _parses(format_: str) -> Callable[[str], bool]:
    def fits(value: str) -> bool:
        try:
            datetime.datetime.strptime(value, format_)
        except ValueError:
            return False
        return True

    return fits


_TESTS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("date", _parses("%Y-%m-%d")),
    ("timestamp", _parses("%Y-%m-%d %H:%M:%S")),
    ("timestamp", lambda value: _ISO_DATETIME.fullmatch(value) is not None),
    ("boolean", lambda value: value.lower().replace(",", "") in {"true", "false"}),
)
