"""DuckDB's types and what its operators and functions make of them."""
