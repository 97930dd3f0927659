"""The versions that results depend on."""

from __future__ import annotations

import sqlglot

#: sqlglot's version, which the file names and the cache is bound to.
SQLGLOT_VERSION: str = sqlglot.__version__  # type: ignore[attr-defined]
