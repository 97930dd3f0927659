"""What the documentation of further engines says they refuse; all else about them is undecided.

Sources:
- BigQuery: "Conversion rules" and the signatures in "Mathematical", "String", "Date" and "Aggregate
  functions" of its GoogleSQL reference. Between columns it coerces within numbers and from DATE to
  DATETIME, and a text literal to a date or time, nothing else.
- Trino (and Athena, which runs it): "Conversion functions": no implicit conversion between
  character and other types, literals included; numbers and moments convert among themselves.
- Snowflake: "Numeric data types" and SUM, AVG: text converts to a number, a date does not.
- Redshift: SUM and AVG take numbers; its implicit conversions differ by context.
- Spark and Databricks: SUM and AVG take numbers, intervals and text that is cast to a number.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product

from breaking_changes.binder.type_errors.table import ACCEPTED, REFUSED, Table

NUMBERS = frozenset({"integer", "bigint", "decimal", "float", "number"})
TEXTS = frozenset({"string", "text"})
TIMES = frozenset({"date", "time", "timetz", "timestamp", "timestamptz"})
NESTED = frozenset({"array", "struct", "map"})
CLASSES = (
    *sorted(NUMBERS | TEXTS | TIMES | NESTED),
    "boolean",
    "interval",
    "binary",
    "json",
    "null",
)

CONDITION = "CASE WHEN $1 THEN 1 END"
AGGREGATES = ("sum($1)", "avg($1)")
ARITHMETIC = ("$1 + $2", "$1 - $2", "$1 * $2", "$1 / $2")
COMPARISONS = ("$1 = $2", "$1 < $2", "$1 IN ($2)", "$1 BETWEEN $2 AND $2", "NULLIF($1, $2)")
COMBINATIONS = (
    "COALESCE($1, $2)",
    "CASE WHEN true THEN $1 ELSE $2 END",
    "GREATEST($1, $2)",
    "LEAST($1, $2)",
    "$1 UNION ALL $2",
)
TEXT_FUNCTIONS = ("upper($1)", "lower($1)", "trim($1)", "substring($1, 1)", "substring($1, 1, 2)")


@dataclass(frozen=True)
class Documented:
    """What an engine refuses.

    `groups`: operands of two groups are neither compared nor combined, and only a boolean is a
    condition.
    `converts`: the classes that a text literal is taken for in doing so.
    `single`: for a question with one operand, the classes refused.
    `arithmetic`: classes that no arithmetic takes.
    """

    groups: tuple[frozenset[str], ...] = ()
    converts: frozenset[str] = frozenset()
    single: dict[str, frozenset[str]] = field(default_factory=dict)
    arithmetic: frozenset[str] = frozenset()

    def table(self) -> Table:
        """The same as a table, with nothing where nothing is documented."""
        single = {
            question: dict.fromkeys(names, REFUSED) for question, names in self.single.items()
        }
        if self.groups:
            no_condition = set(CLASSES) - {"boolean", "null", "text"}
            single[CONDITION] = {**dict.fromkeys(no_condition, REFUSED), "boolean": ACCEPTED}
        double = {
            question: {
                pair: answer
                for pair in product(CLASSES, CLASSES)
                if (answer := self._together(pair, question in COMBINATIONS))
            }
            for question in (*COMPARISONS, *COMBINATIONS)
        }
        double |= {
            question: {
                pair: REFUSED
                for pair in product(CLASSES, CLASSES)
                if self.arithmetic & set(pair) and "null" not in pair
            }
            for question in ARITHMETIC
        }
        return Table((), CLASSES, single, double)

    def _together(self, pair: tuple[str, str], combines: bool) -> str | None:
        left, right = pair
        if not self.groups or "null" in pair:
            return None
        if "text" in pair and self.converts & set(pair):
            return None
        sides = [next((group for group in self.groups if name in group), None) for name in pair]
        if sides[0] is not None and sides[1] is not None and sides[0] is not sides[1]:
            return REFUSED
        if left != right:
            return None
        return left if combines else ACCEPTED


def _strict(*groups: frozenset[str], converts: frozenset[str] = frozenset()) -> Documented:
    no_text = NUMBERS | TIMES | NESTED | {"boolean", "interval"}
    no_moment = NUMBERS | {"string", "boolean"} | NESTED
    no_number = TIMES | TEXTS | NESTED | {"boolean", "binary", "json"}
    return Documented(
        groups,
        converts,
        {
            **dict.fromkeys(AGGREGATES, no_number),
            **dict.fromkeys(TEXT_FUNCTIONS, no_text),
            **{f"extract({unit} FROM $1)": no_moment for unit in ("year", "month", "day", "hour")},
        },
        frozenset({"string", "boolean", "json"}),
    )


_APART = (NUMBERS, TEXTS, frozenset({"boolean"}), frozenset({"binary"}), frozenset({"interval"}))

BIGQUERY = _strict(
    *_APART,
    frozenset({"date", "timestamp"}),
    frozenset({"timestamptz"}),
    frozenset({"time"}),
    frozenset({"array"}),
    frozenset({"struct"}),
    converts=TIMES,
)
TRINO = _strict(
    *_APART,
    frozenset({"date", "timestamp", "timestamptz"}),
    frozenset({"time", "timetz"}),
    frozenset({"array"}),
    frozenset({"struct"}),
    frozenset({"map"}),
)
_NO_SUM_OF_TIMES = dict.fromkeys(AGGREGATES, TIMES | NESTED - {"map"})

DOCUMENTED = {
    "bigquery": BIGQUERY,
    "trino": TRINO,
    "athena": TRINO,
    "snowflake": Documented(single=dict.fromkeys(AGGREGATES, TIMES)),
    "redshift": Documented(single=dict.fromkeys(AGGREGATES, TIMES | {"string", "boolean"})),
    "databricks": Documented(single=_NO_SUM_OF_TIMES),
    "spark": Documented(single=_NO_SUM_OF_TIMES),
}
